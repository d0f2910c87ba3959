import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.GeneralPath;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws the example's test image: {@code java DrawHarbour.java harbour.png}. */
public final class DrawHarbour {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int HORIZON = 290;

  public static void main(String[] arguments) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    sky(pen);
    hills(pen, 60, HORIZON - 70, new Color(96, 88, 130), 11);
    hills(pen, 40, HORIZON - 30, new Color(58, 66, 104), 23);
    sea(pen);
    boat(pen, 180, 350, 1.0, new Color(178, 42, 48));
    boat(pen, 430, 322, 0.6, new Color(36, 92, 120));
    boat(pen, 520, 405, 1.4, new Color(228, 170, 44));
    pen.dispose();
    ImageIO.write(image, "png", new File(arguments[0]));
  }

  private static void sky(Graphics2D pen) {
    pen.setPaint(
        new GradientPaint(0, 0, new Color(36, 60, 128), 0, HORIZON, new Color(250, 186, 120)));
    pen.fillRect(0, 0, WIDTH, HORIZON);
    float[] at = {0f, 0.25f, 1f};
    Color[] glow = {
      new Color(255, 250, 220), new Color(255, 220, 150, 200), new Color(255, 190, 120, 0)
    };
    pen.setPaint(new RadialGradientPaint(410f, 215f, 130f, at, glow));
    pen.fill(new Ellipse2D.Double(280, 85, 260, 260));
  }

  private static void hills(Graphics2D pen, int height, int base, Color colour, long seed) {
    Random random = new Random(seed);
    double phase = random.nextDouble() * 6;
    GeneralPath ridge = new GeneralPath();
    ridge.moveTo(0, HORIZON);
    for (int x = 0; x <= WIDTH; x += 4) {
      double wave = Math.sin(x / 90.0 + phase) + 0.5 * Math.sin(x / 37.0 + 2 * phase);
      ridge.lineTo(x, base - height / 2.0 * wave);
    }
    ridge.lineTo(WIDTH, HORIZON);
    ridge.closePath();
    pen.setColor(colour);
    pen.fill(ridge);
  }

  private static void sea(Graphics2D pen) {
    pen.setPaint(
        new GradientPaint(0, HORIZON, new Color(214, 150, 116), 0, HEIGHT, new Color(18, 40, 78)));
    pen.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      double depth = random.nextDouble();
      int y = HORIZON + (int) (depth * (HEIGHT - HORIZON));
      int length = 4 + (int) (depth * 40);
      boolean glint = random.nextInt(3) == 0;
      pen.setColor(glint ? new Color(255, 226, 180, 60) : new Color(10, 26, 60, 50));
      pen.fillRect(random.nextInt(WIDTH), y, length, 1 + (int) (depth * 2));
    }
  }

  private static void boat(Graphics2D pen, int x, int y, double scale, Color hull) {
    Graphics2D here = (Graphics2D) pen.create();
    here.translate(x, y);
    here.scale(scale, scale);
    here.setColor(new Color(0, 0, 0, 60));
    here.fill(new Ellipse2D.Double(-48, 12, 96, 12));
    GeneralPath sail = new GeneralPath();
    sail.moveTo(-2, -70);
    sail.quadTo(34, -30, 36, -6);
    sail.lineTo(-2, -6);
    sail.closePath();
    here.setPaint(new GradientPaint(0, -70, Color.WHITE, 36, 0, new Color(216, 206, 190)));
    here.fill(sail);
    here.setColor(new Color(70, 48, 34));
    here.fillRect(-4, -72, 3, 74);
    GeneralPath body = new GeneralPath();
    body.moveTo(-46, 0);
    body.lineTo(46, 0);
    body.quadTo(38, 18, 26, 18);
    body.lineTo(-30, 18);
    body.quadTo(-42, 12, -46, 0);
    here.setColor(hull);
    here.fill(body);
    here.dispose();
  }
}
