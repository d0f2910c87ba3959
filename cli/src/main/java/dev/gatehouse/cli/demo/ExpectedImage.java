package dev.gatehouse.cli.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * What the image service must make of an image, worked out here from its description and not with
 * its code: every pixel of the result is the rounded mean of the rounded luma (0.299, 0.587, 0.114)
 * of four pixels.
 */
final class ExpectedImage {

  private ExpectedImage() {}

  /**
   * Compares every pixel.
   *
   * @throws DemoFailure naming the first difference
   */
  static void check(byte[] original, byte[] result) throws IOException {
    BufferedImage before = read("the original", original);
    BufferedImage after = read("the result", result);
    if (after.getWidth() != before.getWidth() / 2 || after.getHeight() != before.getHeight() / 2) {
      throw new DemoFailure(
          "the result is %d x %d instead of %d x %d"
              .formatted(
                  after.getWidth(),
                  after.getHeight(),
                  before.getWidth() / 2,
                  before.getHeight() / 2));
    }
    if (after.getRaster().getNumBands() != 1) {
      throw new DemoFailure("the result is not grey");
    }
    for (int y = 0; y < after.getHeight(); y++) {
      for (int x = 0; x < after.getWidth(); x++) {
        checkPixel(before, after, x, y);
      }
    }
  }

  private static void checkPixel(BufferedImage before, BufferedImage after, int x, int y) {
    long sum = 0;
    for (int corner = 0; corner < 4; corner++) {
      int rgb = before.getRGB(2 * x + corner % 2, 2 * y + corner / 2);
      sum +=
          Math.round(
              ((rgb >> 16 & 255) * 299 + (rgb >> 8 & 255) * 587 + (rgb & 255) * 114) / 1000.0);
    }
    long expected = Math.round(sum / 4.0);
    int actual = after.getRaster().getSample(x, y, 0);
    if (actual != expected) {
      throw new DemoFailure(
          "pixel (%d, %d) of the result is %d instead of %d".formatted(x, y, actual, expected));
    }
  }

  private static BufferedImage read(String what, byte[] bytes) throws IOException {
    @Nullable BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    if (image == null) {
      throw new DemoFailure(what + " is not an image");
    }
    return image;
  }
}
