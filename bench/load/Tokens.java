import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes what an issuer needs: {@code jwks}, {@code key.pem} and as many {@code tokens} as asked for, a line each. */
final class Tokens {
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int many = Integer.parseInt(args[1]);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    KeyPair key = generator.generateKeyPair();
    RSAPublicKey open = (RSAPublicKey) key.getPublic();
    byte[] modulus = open.getModulus().toByteArray();
    String n = base64(Arrays.copyOfRange(modulus, modulus[0] == 0 ? 1 : 0, modulus.length));
    Files.writeString(
        directory.resolve("jwks"),
        "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"e\":\"AQAB\",\"n\":\"" + n + "\"}]}");
    String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(open.getEncoded());
    Files.writeString(
        directory.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      tokens.add(token(key, i));
    }
    Files.write(directory.resolve("tokens"), tokens);
  }

  /** What a common provider puts into an access token: about 600 characters in all. */
  private static String token(KeyPair key, int number) throws Exception {
    long now = System.currentTimeMillis() / 1_000;
    String claims =
        "{\"iss\":\"https://issuer.invalid\",\"aud\":\"bench\",\"sub\":\"user-%06d\",\"iat\":%d,\"exp\":%d,"
                .formatted(number, now - 10, now + 86_400)
            + "\"scope\":\"openid read write\",\"client_id\":\"bench\",\"groups\":[\"a\",\"b\"]}";
    String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k\"}") + "." + base64(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
