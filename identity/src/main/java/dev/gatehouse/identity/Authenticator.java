package dev.gatehouse.identity;

import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.ClaimReader;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import dev.gatehouse.wire.sigv4.SigningKeys;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tells who makes a control call. Plain blocking code: where signatures are checked, the body is
 * read, since every service but S3 signs its hash.
 */
public final class Authenticator {

  /** How control calls are treated. Object calls and presigned URLs are always checked. */
  public enum Mode {
    /** Any signature is good, but there must be one: it says who calls, and a web page has none. */
    OPEN,
    /** Every signature is checked. */
    VERIFY
  }

  private static final int SIGNING_KEYS = 1024;

  private final Mode mode;
  private final Credentials credentials;
  private final ControlSignatures controls;
  private final ObjectSignatures objects;

  /**
   * @param maxBody bytes of a control call's body that are held to check its signature
   */
  public Authenticator(Mode mode, Credentials credentials, InstantSource clock, int maxBody) {
    SignatureVerifier verifier = new SignatureVerifier(new SigningKeys(SIGNING_KEYS));
    this.mode = mode;
    this.credentials = credentials;
    this.controls = new ControlSignatures(credentials, verifier, clock, maxBody);
    this.objects = new ObjectSignatures(credentials, verifier, clock);
  }

  /**
   * Authenticates a control call in the way of the mode.
   *
   * @throws IOException when the client goes away while its body is read
   */
  public Authentication authenticate(HttpCall call) throws IOException {
    return switch (ClaimReader.read(call)) {
      case ClaimReader.Unsigned _ -> Refusals.missingToken();
      case ClaimReader.Malformed(_, String reason) -> Refusals.incompleteSignature(reason);
      case ClaimReader.Signed(Claim claim) ->
          switch (mode) {
            case OPEN -> new Authentication.Authenticated(believed(claim), call);
            case VERIFY -> controls.check(call, claim);
          };
    };
  }

  /**
   * Authenticates a call for objects: strictly, whatever the mode. Reading the body of the call
   * that comes back throws {@link dev.gatehouse.wire.sigv4.PayloadRejected} where it is not what
   * was signed.
   */
  public Authentication authenticateObject(HttpCall call) {
    return objects.check(call);
  }

  /**
   * Authenticates a form upload for objects, strictly too.
   *
   * @param fields all but the file, by their names in lower case
   */
  public FormAuthentication authenticateForm(Map<String, String> fields, String bucket) {
    return objects.check(fields, bucket);
  }

  /** Whom a claim names where nobody checks it. */
  private Caller believed(Claim claim) {
    return credentials
        .find(claim.accessKeyId(), claim.sessionToken())
        .map(credential -> caller(credential, claim))
        .orElseGet(() -> stranger(claim));
  }

  static Caller caller(Credential credential, Claim claim) {
    return new Caller(
        new Scope(credential.account(), claim.scope().region()),
        claim.scope().service(),
        credential.accessKeyId(),
        credential.identity());
  }

  private static Caller stranger(Claim claim) {
    String key = claim.accessKeyId();
    String account = AccessKeys.isAccount(key) ? key : AccessKeys.DEFAULT_ACCOUNT;
    return new Caller(
        new Scope(account, claim.scope().region()),
        claim.scope().service(),
        key,
        AccessKeys.root(account));
  }
}
