package dev.gatehouse.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates. The only place that knows how they are put together. */
record Issuer(PrivateKey key, X509Certificate certificate) {
  private static final Duration AUTHORITY_LASTS = Duration.ofDays(3_650);

  /** Browsers refuse certificates of servers that last longer than 398 days. */
  private static final Duration SERVER_LASTS = Duration.ofDays(390);

  private static final Duration CLOCKS_DIFFER = Duration.ofHours(24);
  private static final int SERIAL_BITS = 120;

  /** A new authority, which vouches for itself. */
  static Issuer make(Instant now) throws GeneralSecurityException {
    KeyPair key = newKey();
    BigInteger serial = serial();
    X500Principal name =
        new X500Principal("CN=Gatehouse development CA " + serial.toString(36).substring(0, 6));
    X509v3CertificateBuilder builder =
        builder(name, serial, now, AUTHORITY_LASTS, name, key.getPublic());
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return new Issuer(key.getPrivate(), sign(builder, key.getPrivate()));
  }

  static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  byte[] pem() throws GeneralSecurityException {
    return Pem.of(key, certificate);
  }

  /**
   * A certificate for a server.
   *
   * @param names host names and IP addresses, at least one
   */
  X509Certificate server(PublicKey server, Collection<String> names, Instant now)
      throws GeneralSecurityException {
    X509v3CertificateBuilder builder =
        builder(
            certificate.getSubjectX500Principal(),
            serial(),
            now,
            SERVER_LASTS,
            new X500Principal("CN=Gatehouse"),
            server);
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    try {
      builder
          .addExtension(Extension.subjectAlternativeName, false, alternatives(names))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(certificate));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return sign(builder, key);
  }

  private static GeneralNames alternatives(Collection<String> names) {
    return new GeneralNames(
        new TreeSet<>(names)
            .stream()
                .map(name ->
                    new GeneralName(
                        isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer,
      BigInteger serial,
      Instant now,
      Duration lasts,
      X500Principal subject,
      PublicKey key) {
    Date from = Date.from(now.minus(CLOCKS_DIFFER));
    Date to = Date.from(now.plus(lasts));
    return new JcaX509v3CertificateBuilder(issuer, serial, from, to, subject, key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      X509CertificateHolder signed =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
      return new JcaX509CertificateConverter().getCertificate(signed);
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1);
  }
}
