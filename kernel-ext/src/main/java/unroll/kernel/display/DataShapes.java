package unroll.kernel.display;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import unroll.data.Characters;
import unroll.data.Scenes;
import unroll.data.SentencePairs;
import unroll.data.Sentences;
import unroll.data.SequenceData;
import unroll.data.Sequences;
import unroll.data.Split;

/** The sizes of data: of its training, validation and test parts, where it has them. */
final class DataShapes {
  private DataShapes() {}

  /** Empty for anything else. */
  static String of(Object value) {
    if (value instanceof Sentences data) {
      return parts(data.train().size(), data.validation().size(), data.test().size());
    }
    if (value instanceof SentencePairs data) {
      return parts(data.train().size(), data.validation().size(), data.test().size());
    }
    if (value instanceof Scenes data) {
      return parts(data.train().size(), data.validation().size(), data.test().size());
    }
    if (value instanceof Characters data) {
      return parts(data.train().length, data.validation().length, data.test().length);
    }
    if (value instanceof Split<?> split) {
      var all = List.of(count(split.train()), count(split.validation()), count(split.test()));
      return all.contains(-1) ? "" : parts(all.get(0), all.get(1), all.get(2));
    }
    if (value instanceof SequenceData data) {
      return "[%d, %d, %d]".formatted(data.steps(), data.count(), data.inputSize());
    }
    return value instanceof Sequences data ? "%,d".formatted(data.count()) : "";
  }

  private static int count(Object part) {
    if (part instanceof SequenceData data) {
      return data.count();
    }
    if (part instanceof Sequences data) {
      return data.count();
    }
    return part instanceof List<?> list ? list.size() : -1;
  }

  private static String parts(Integer... sizes) {
    return Stream.of(sizes).map("%,d"::formatted).collect(Collectors.joining(" + "));
  }
}
