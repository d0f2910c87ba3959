package dev.gatehouse.example.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TransformationTest {

  @Test
  void fourPixelsBecomeTheMeanOfTheirLuma() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(0, 1, 0x0000ff);
    image.setRGB(1, 1, 0xffffff);
    Raster result = apply(image);
    assertThat(result.getWidth()).isEqualTo(2);
    assertThat(result.getHeight()).isEqualTo(1);
    assertThat(result.getNumBands()).isEqualTo(1);
    // red 76, green 150, blue 29, white 255
    assertThat(result.getSample(0, 0, 0)).isEqualTo((76 + 150 + 29 + 255 + 2) / 4);
    assertThat(result.getSample(1, 0, 0)).isZero();
  }

  @Test
  void oddLastRowAndColumnAreLeftOut() throws IOException {
    Raster result = apply(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB));
    assertThat(result.getWidth()).isEqualTo(3);
    assertThat(result.getHeight()).isEqualTo(2);
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertThatThrownBy(() -> Transformation.apply("hello".getBytes()))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(422));
  }

  @Test
  void brokenImageIsRefused() throws IOException {
    byte[] png = png(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
    byte[] half = Arrays.copyOf(png, png.length / 2);
    assertThatThrownBy(() -> Transformation.apply(half))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(422));
  }

  @Test
  void dimensionsAreCheckedBeforeAnythingIsDecoded() throws IOException {
    byte[] png = png(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
    // Width and height stand at bytes 16 to 23 of every PNG; the checksum after them is then wrong,
    // which the JDK's reader doesn't mind.
    png[17] = 1;
    png[21] = 1;
    assertThatThrownBy(() -> Transformation.apply(png))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(413));
  }

  private static Raster apply(BufferedImage image) throws IOException {
    byte[] result = Transformation.apply(png(image)).png();
    return ImageIO.read(new ByteArrayInputStream(result)).getRaster();
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
