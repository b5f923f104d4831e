package unroll.optim;

import java.util.List;

/** The schedules that {@link Schedule} makes; their equations stand there. */
final class Schedules {

  private Schedules() {}

  record Constant() implements Schedule {
    @Override
    public double rate(double base, Progress at) {
      return base;
    }
  }

  record Step(int every, double factor) implements Schedule {
    Step {
      requireAtLeast("Schedule.step", "every", every, 1);
      Settings.requirePositive("Schedule.step", "factor", factor);
    }

    @Override
    public double rate(double base, Progress at) {
      return base * StrictMath.pow(factor, Math.floor(at.epoch() / every));
    }
  }

  record Exponential(double factor) implements Schedule {
    Exponential {
      Settings.requirePositive("Schedule.exponential", "factor", factor);
    }

    @Override
    public double rate(double base, Progress at) {
      return base * StrictMath.pow(factor, at.epoch());
    }
  }

  record Cosine(double lowest) implements Schedule {
    Cosine {
      Settings.requireNotNegative("Schedule.cosine", "lowest", lowest);
    }

    @Override
    public double rate(double base, Progress at) {
      return lowest + (base - lowest) * (1 + StrictMath.cos(Math.PI * at.part())) / 2;
    }
  }

  record Linear(double factor) implements Schedule {
    Linear {
      Settings.requireNotNegative("Schedule.linear", "factor", factor);
    }

    @Override
    public double rate(double base, Progress at) {
      return base * (1 + (factor - 1) * at.part());
    }
  }

  record Plateau(double factor, int patience) implements Schedule {

    /** The part of the best loss by which a better one must be lower. */
    private static final double THRESHOLD = 1e-4;

    Plateau {
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "Schedule.onPlateau: factor must be between 0 and 1, got " + factor);
      }
      requireAtLeast("Schedule.onPlateau", "patience", patience, 0);
    }

    @Override
    public double rate(double base, Progress at) {
      List<Double> losses = at.validationLosses();
      if (!losses.isEmpty() && losses.stream().allMatch(loss -> loss.isNaN())) {
        throw new IllegalStateException(
            "Schedule.onPlateau: there is no validation loss to go by; give the training a"
                + " validation part, or another schedule");
      }
      double rate = base;
      double best = Double.POSITIVE_INFINITY;
      int waited = 0;
      for (double loss : losses) {
        if (loss < best * (1 - THRESHOLD)) {
          best = loss;
          waited = 0;
        } else {
          waited++;
        }
        if (waited > patience) {
          rate *= factor;
          waited = 0;
        }
      }
      return rate;
    }
  }

  record WarmUp(Schedule then, long steps) implements Schedule {
    WarmUp {
      requireAtLeast("Schedule.warmUp", "steps", steps, 1);
    }

    @Override
    public double rate(double base, Progress at) {
      double whole = then.rate(base, at);
      return at.step() + 1 >= steps ? whole : whole * ((double) (at.step() + 1) / steps);
    }
  }

  record AtLeast(Schedule of, double lowest) implements Schedule {
    AtLeast {
      Settings.requireNotNegative("Schedule.atLeast", "lowest", lowest);
    }

    @Override
    public double rate(double base, Progress at) {
      return Math.max(lowest, of.rate(base, at));
    }
  }

  private static void requireAtLeast(String of, String setting, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s: %s must be at least %d, got %d".formatted(of, setting, least, value));
    }
  }
}
