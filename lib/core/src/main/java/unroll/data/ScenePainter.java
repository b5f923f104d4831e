package unroll.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import unroll.tensor.Generator;

/**
 * Paints two things beside or above each other in whole numbers, so that every pixel is the same
 * everywhere. The first thing is the larger one.
 */
final class ScenePainter {

  /** What can be seen. */
  enum Kind {
    CIRCLE,
    SQUARE,
    TRIANGLE
  }

  /** In which colour. */
  enum Colour {
    RED(0xE62626),
    GREEN(0x1ABF40),
    BLUE(0x335AF2),
    YELLOW(0xF2D926);

    private final int rgb;

    Colour(int rgb) {
      this.rgb = rgb;
    }

    /** Red, green or blue, from 0 to 1. */
    double channel(int number) {
      return ((rgb >> (8 * (2 - number))) & 0xFF) / 255.0;
    }
  }

  /** Where the first thing is, seen from the second. */
  enum Relation {
    ABOVE("above"),
    BELOW("below"),
    LEFT("left of"),
    RIGHT("right of");

    private final String words;

    Relation(String words) {
      this.words = words;
    }
  }

  /** A shape in a colour. */
  record Thing(Colour colour, Kind kind) {
    /** All twelve. */
    static List<Thing> all() {
      List<Thing> all = new ArrayList<>();
      for (Colour colour : Colour.values()) {
        for (Kind kind : Kind.values()) {
          all.add(new Thing(colour, kind));
        }
      }
      return all;
    }

    @Override
    public String toString() {
      return "a " + (colour + " " + kind).toLowerCase(Locale.ROOT);
    }
  }

  /** What a picture shows. */
  record Contents(Thing large, Relation relation, Thing small) {
    @Override
    public String toString() {
      return large + " " + relation.words + " " + small;
    }
  }

  /** How far the pixels of the larger and the smaller thing reach from their middles. */
  private static final int LARGE = 3;

  private static final int SMALL = 2;

  private final Generator generator;
  private final double[] pixels = new double[Scene.NUMBERS];

  private ScenePainter(Generator generator) {
    this.generator = generator;
  }

  /** Paints with places, brightness and noise from a generator. */
  static Scene paint(Contents contents, Generator generator) {
    ScenePainter painter = new ScenePainter(generator);
    painter.ground();
    painter.things(contents);
    return new Scene(painter.pixels, contents.toString());
  }

  private void ground() {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0.1 * generator.nextFloat();
    }
  }

  private void things(Contents contents) {
    int sizes = 2 * LARGE + 1 + 2 * SMALL + 1;
    int start = generator.nextInt(Scene.SIZE - sizes);
    int gap = 1 + generator.nextInt(Scene.SIZE - sizes - start);
    boolean first = contents.relation() == Relation.ABOVE || contents.relation() == Relation.LEFT;
    int large = first ? start + LARGE : start + 2 * SMALL + 1 + gap + LARGE;
    int small = first ? start + 2 * LARGE + 1 + gap + SMALL : start + SMALL;
    int across = LARGE + generator.nextInt(Scene.SIZE - 2 * LARGE);
    int shifted = across - 1 + generator.nextInt(3);
    boolean vertical =
        contents.relation() == Relation.ABOVE || contents.relation() == Relation.BELOW;
    thing(contents.large(), LARGE, vertical ? across : large, vertical ? large : across);
    thing(contents.small(), SMALL, vertical ? shifted : small, vertical ? small : shifted);
  }

  private void thing(Thing thing, int radius, int x, int y) {
    double brightness = 0.8 + 0.2 * generator.nextFloat();
    for (int dy = -radius; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        if (covers(thing.kind(), radius, dx, dy)) {
          int at = 3 * ((y + dy) * Scene.SIZE + x + dx);
          for (int channel = 0; channel < 3; channel++) {
            pixels[at + channel] = brightness * thing.colour().channel(channel);
          }
        }
      }
    }
  }

  /** Whether a shape covers the pixel at a distance from its middle. */
  static boolean covers(Kind kind, int radius, int dx, int dy) {
    return switch (kind) {
      case SQUARE -> true;
      case CIRCLE -> dx * dx + dy * dy <= radius * radius + radius / 2;
      case TRIANGLE -> 2 * Math.abs(dx) <= dy + radius;
    };
  }
}
