package dev.langevin.app.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.knowm.xchart.style.markers.Marker;

/** A short upright line. */
final class Tick extends Marker {
  private static final BasicStroke LINE = new BasicStroke(0.8f);
  private static final double HALF = 3.5;

  @Override
  public void paint(Graphics2D canvas, double x, double y, int size) {
    canvas.setStroke(LINE);
    canvas.draw(new Line2D.Double(x, y - HALF, x, y + HALF));
  }
}
