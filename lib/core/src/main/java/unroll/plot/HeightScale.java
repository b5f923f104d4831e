package unroll.plot;

import java.util.List;
import org.knowm.xchart.style.XYStyler;

/** The vertical axis of a plot of XChart: where a value is there, and which ticks it has. */
sealed interface HeightScale {

  /** A value as XChart is given it. */
  double of(double value);

  /** A height in the plot, 0 at the bottom and 1 at the top, as XChart is given it. */
  double at(double fraction);

  /** What is written at a height. */
  String label(double height);

  /** How far apart ticks are at least, on a plot of some pixels. */
  default int spacing(double pixels) {
    return 25;
  }

  static HeightScale of(Frame frame) {
    Ticks ticks = frame.yTicks(7);
    if (!frame.logarithmic()) {
      return new Even(TickScale.of(frame.bottom(), frame.top(), ticks, value -> value), false);
    }
    return frame.top() - frame.bottom() <= 2 && frame.bottom() > -300
        ? new Logarithmic(frame, ticks.ticks())
        : new Even(TickScale.of(frame.bottom(), frame.top(), ticks, Math::log10), true);
  }

  /** Sets ends, ticks and labels. */
  default void onto(XYStyler style, double pixels) {
    style.setYAxisLogarithmic(this instanceof Logarithmic).setYAxisLogarithmicDecadeOnly(false);
    style.setYAxisMin(at(0)).setYAxisMax(at(1));
    style.setYAxisTickLabelsFormattingFunction(this::label);
    style.setYAxisTickMarkSpacingHint(spacing(pixels));
    if (this instanceof Logarithmic) { // XChart refuses ticks where the other spacing is larger
      int across = style.getXAxisTickMarkSpacingHint();
      style.setXAxisTickMarkSpacingHint(Math.min(across, (int) (0.95 * pixels)));
    }
  }

  /** Ticks evenly spaced: of values, or of powers of ten by their exponents. */
  record Even(TickScale scale, boolean exponents) implements HeightScale {
    @Override
    public double of(double value) {
      return scale.of(exponents ? Math.log10(value) : value);
    }

    @Override
    public double at(double fraction) {
      return scale.start() + fraction * (scale.end() - scale.start());
    }

    @Override
    public String label(double height) {
      return scale.label(height);
    }

    @Override
    public int spacing(double pixels) {
      return scale.spacing(pixels);
    }
  }

  /** XChart's own logarithmic axis, for up to two decades, with a grid line at each digit. */
  record Logarithmic(Frame frame, List<Ticks.Tick> ticks) implements HeightScale {
    @Override
    public double of(double value) {
      return value;
    }

    @Override
    public double at(double fraction) {
      return frame.value(fraction);
    }

    @Override
    public String label(double height) {
      if (ticks.size() < 2) {
        return Numbers.brief(height);
      }
      return ticks.stream()
          .filter(tick -> Math.abs(tick.position() / height - 1) < 1e-9)
          .map(Ticks.Tick::label)
          .findFirst()
          .orElse("");
    }
  }
}
