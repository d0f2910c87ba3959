package dev.gatehouse.cli.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExpectedImageTest {

  private final BufferedImage original = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);

  @Test
  void exactResultPasses() {
    original.setRGB(0, 0, 0xffffff);
    assertThatCode(() -> ExpectedImage.check(png(original), png(grey(64, 0))))
        .doesNotThrowAnyException();
  }

  @Test
  void oneWrongPixelIsNamed() {
    original.setRGB(0, 0, 0xffffff);
    assertThatThrownBy(() -> ExpectedImage.check(png(original), png(grey(64, 1))))
        .hasMessage("pixel (1, 0) of the result is 1 instead of 0");
  }

  @Test
  void wrongSizeAndColourAreRefused() {
    assertThatThrownBy(() -> ExpectedImage.check(png(original), png(original)))
        .hasMessageContaining("4 x 2 instead of 2 x 1");
    BufferedImage colour = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> ExpectedImage.check(png(original), png(colour)))
        .hasMessageContaining("not grey");
    assertThatThrownBy(() -> ExpectedImage.check(png(original), new byte[] {1, 2}))
        .hasMessageContaining("not an image");
  }

  private static BufferedImage grey(int left, int right) {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, left);
    image.getRaster().setSample(1, 0, 0, right);
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
