package dev.gatehouse.example.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Makes an image grey and half as large, in whole numbers, so that anyone can say what the result
 * must be: the luma of a pixel is {@code (299 R + 587 G + 114 B + 500) / 1000}, a pixel of the
 * result is {@code (sum of the luma of four + 2) / 4}. An odd last row or column is left out.
 */
final class Transformation {

  /** Pixels that are decoded at most: 4 bytes each, so 160 MB. */
  static final long MAX_PIXELS = 40_000_000;

  private Transformation() {}

  /** A finished image. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Result(byte[] png, int width, int height) {}

  /**
   * The image, grey and half as large, as PNG.
   *
   * @throws Refusal where the bytes are no image, or one that is too small or too large
   */
  static Result apply(byte[] bytes) {
    try {
      BufferedImage result = greyHalf(decode(bytes));
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(result, "png", png);
      return new Result(png.toByteArray(), result.getWidth(), result.getHeight());
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(422, "not an image that can be read: " + e.getMessage(), e);
    }
  }

  /** Looks at the dimensions first: a small file can claim to be a huge image. */
  private static BufferedImage decode(byte[] bytes) throws IOException {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new Refusal(422, "not an image that can be read: use PNG, JPEG, GIF or BMP");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        check(reader.getWidth(0), reader.getHeight(0));
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static void check(int width, int height) {
    if (width < 2 || height < 2) {
      throw new Refusal(422, "too small to halve: " + width + " x " + height);
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new Refusal(413, width + " x " + height + " is more than " + MAX_PIXELS + " pixels");
    }
  }

  private static BufferedImage greyHalf(BufferedImage image) {
    int width = image.getWidth() / 2;
    int height = image.getHeight() / 2;
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster pixels = result.getRaster();
    int[] rows = new int[4 * width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, 2 * y, 2 * width, 2, rows, 0, 2 * width);
      for (int x = 0; x < width; x++) {
        int upper = luma(rows[2 * x]) + luma(rows[2 * x + 1]);
        int lower = luma(rows[2 * width + 2 * x]) + luma(rows[2 * width + 2 * x + 1]);
        pixels.setSample(x, y, 0, (upper + lower + 2) / 4);
      }
    }
    return result;
  }

  private static int luma(int rgb) {
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }
}
