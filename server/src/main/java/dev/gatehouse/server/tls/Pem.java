package dev.gatehouse.server.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys of elliptic curves, and certificates, as text (RFC 7468). */
final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final int LINE = 64;

  private Pem() {}

  static byte[] of(X509Certificate certificate) throws GeneralSecurityException {
    return block(CERTIFICATE, certificate.getEncoded()).getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] of(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
    String both = block(KEY, key.getEncoded()) + block(CERTIFICATE, certificate.getEncoded());
    return both.getBytes(StandardCharsets.US_ASCII);
  }

  /** The first private key in the text. */
  static PrivateKey key(byte[] pem) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(content(KEY, pem));
    return KeyFactory.getInstance("EC").generatePrivate(encoded);
  }

  /** The first certificate in the text. */
  static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(content(CERTIFICATE, pem)));
  }

  private static String block(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return begin(label) + "\n" + lines + "\n-----END " + label + "-----\n";
  }

  private static byte[] content(String label, byte[] pem) throws GeneralSecurityException {
    String text = new String(pem, StandardCharsets.US_ASCII);
    int begin = text.indexOf(begin(label));
    int end = text.indexOf("-----END " + label + "-----");
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("there is no " + label + " in the file");
    }
    return Base64.getMimeDecoder().decode(text.substring(begin + begin(label).length(), end));
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }
}
