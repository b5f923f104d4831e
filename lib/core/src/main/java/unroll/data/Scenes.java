package unroll.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import unroll.plot.Drawable;
import unroll.plot.Picture;
import unroll.tensor.Generator;

/**
 * Pictures of two coloured shapes with captions, drawn from a seed: 16 by 16 pixels, four colours,
 * three shapes, four relations. The caption names the larger shape first. Of the pairs of things
 * (which of them, in which colours) a fifth occurs in the test part only; half of the test's
 * pictures are of such pairs.
 *
 * <pre>{@code
 * var scenes = Scenes.draw(2_000);
 * scenes.test().get(0)                     // shown as a picture
 * }</pre>
 */
public final class Scenes implements Drawable {

  private static final int SHOWN = 8;

  private final Split<List<Scene>> parts;
  private final Vocabulary vocabulary;

  private Scenes(Split<List<Scene>> parts) {
    this.parts = parts;
    vocabulary =
        Vocabulary.writing(parts.train().stream().map(Scene::tokens).toList(), Integer.MAX_VALUE);
  }

  /** Draws pictures with the session's generator; a tenth each for validation and test. */
  public static Scenes draw(int count) {
    return draw(count, Generator.session());
  }

  /**
   * Draws pictures; the same state of the generator gives the same pixels everywhere.
   *
   * @param count how many, at least 20; a tenth each goes to validation and test
   */
  public static Scenes draw(int count, Generator generator) {
    if (count < 20) {
      throw new IllegalArgumentException("Scenes.draw: needs a count of at least 20, got " + count);
    }
    List<ScenePainter.Contents> pairs = pairs(generator);
    List<ScenePainter.Contents> held = pairs.subList(0, pairs.size() / 5);
    List<ScenePainter.Contents> known = pairs.subList(pairs.size() / 5, pairs.size());
    int tenth = count / 10;
    List<Scene> test = new ArrayList<>(draw(tenth - tenth / 2, held, generator));
    test.addAll(draw(tenth / 2, known, generator));
    return of(
        new Split<>(
            draw(count - 2 * tenth, known, generator), draw(tenth, known, generator), test));
  }

  /** Pictures from elsewhere. */
  public static Scenes of(Split<List<Scene>> parts) {
    return new Scenes(
        new Split<>(
            List.copyOf(parts.train()),
            List.copyOf(parts.validation()),
            List.copyOf(parts.test())));
  }

  /** All ordered pairs of two different things, in random order; the relation is still open. */
  private static List<ScenePainter.Contents> pairs(Generator generator) {
    List<ScenePainter.Contents> pairs = new ArrayList<>();
    List<ScenePainter.Thing> all = ScenePainter.Thing.all();
    int things = all.size();
    for (int number : generator.permutation(things * things)) {
      if (number / things != number % things) {
        pairs.add(
            new ScenePainter.Contents(
                all.get(number / things), ScenePainter.Relation.ABOVE, all.get(number % things)));
      }
    }
    return pairs;
  }

  private static List<Scene> draw(
      int count, List<ScenePainter.Contents> pairs, Generator generator) {
    List<Scene> scenes = new ArrayList<>();
    ScenePainter.Relation[] relations = ScenePainter.Relation.values();
    for (int i = 0; i < count; i++) {
      ScenePainter.Contents pair = pairs.get(generator.nextInt(pairs.size()));
      ScenePainter.Relation relation = relations[generator.nextInt(relations.length)];
      scenes.add(
          ScenePainter.paint(
              new ScenePainter.Contents(pair.large(), relation, pair.small()), generator));
    }
    return scenes;
  }

  /** The words of the training part's captions, for a network that writes them. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What is learnt from. */
  public List<Scene> train() {
    return parts.train();
  }

  /** What early stopping looks at. */
  public List<Scene> validation() {
    return parts.validation();
  }

  /** What nothing looks at before the last measurement. */
  public List<Scene> test() {
    return parts.test();
  }

  /** The pictures of the test part whose pair of things occurs in no picture to learn from. */
  public List<Scene> unseen() {
    Set<List<String>> seen = new HashSet<>();
    train().forEach(scene -> seen.add(things(scene)));
    return test().stream().filter(scene -> !seen.contains(things(scene))).toList();
  }

  /** The words of a caption without its relation. */
  private static List<String> things(Scene scene) {
    List<String> words = scene.tokens();
    List<String> things = new ArrayList<>(words.subList(0, Math.min(3, words.size())));
    things.addAll(words.subList(Math.max(0, words.size() - 3), words.size()));
    return things;
  }

  /** The first pictures to learn from. */
  @Override
  public Picture drawing() {
    Picture picture = Picture.of("Scenes to learn from");
    for (Scene scene : train().subList(0, Math.min(SHOWN, train().size()))) {
      picture = picture.add(scene.caption(), scene.pixels(), Scene.SIZE, Scene.SIZE);
    }
    return picture;
  }

  /** Sizes and vocabulary, in a line. */
  @Override
  public String toString() {
    return "Scenes: %,d to learn from, %,d for validation, %,d to test, %,d of them of unseen pairs; %s"
        .formatted(train().size(), validation().size(), test().size(), unseen().size(), vocabulary);
  }
}
