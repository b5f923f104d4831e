package unroll.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages with the key of the connection file, and checks signatures. */
final class Signer {
  private final String algorithm;
  private final SecretKeySpec key;

  /**
   * A signer for a key; an empty one signs nothing and lets everything pass.
   *
   * @param scheme {@code hmac-} and a digest, for instance {@code hmac-sha256}
   * @throws IllegalArgumentException if Java does not know the scheme
   */
  Signer(String key, String scheme) {
    this.algorithm = scheme.replaceFirst("^hmac-", "Hmac").toUpperCase(Locale.ROOT);
    this.key =
        key.isEmpty() ? null : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm);
    sign(List.of());
  }

  /** The signature of frames, in lower-case hexadecimal digits. */
  String sign(List<byte[]> frames) {
    if (key == null) {
      return "";
    }
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(key);
      frames.forEach(mac::update);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "signature scheme " + algorithm + ": " + e.getMessage(), e);
    }
  }

  /** Whether a signature is right; takes equally long for all wrong ones. */
  boolean accepts(byte[] signature, List<byte[]> frames) {
    return key == null
        || MessageDigest.isEqual(sign(frames).getBytes(StandardCharsets.US_ASCII), signature);
  }
}
