package unroll.kernel.magic;

import java.util.concurrent.Callable;
import unroll.backend.Backends;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;

/** {@code %time}: how long something takes. */
final class TimeMagic {
  private TimeMagic() {}

  static Magic magic() {
    return new Magic(
        "time",
        "%time CODE\n%%time",
        "Says how long a line of code, or the rest of the cell, takes.",
        "Shows the value, too, if there is one. Compiling does not count. What has to be measured"
            + " closely wants %bench, which runs it many times.",
        "%time model.predict(\"not bad at all\")",
        TimeMagic::time,
        Completion.none());
  }

  private static MimeBundle time(MagicCall call, MagicContext context) throws Exception {
    if (call.body().isPresent() && !call.text().isEmpty()) {
      throw new MagicException(
          "the code belongs below in the cell form, got '" + call.text() + "' beside it");
    }
    var code = call.body().orElse(call.text());
    if (code.isBlank()) {
      throw new MagicException("expected code to time");
    }
    long compiled = context.compileNanos();
    long start = System.nanoTime();
    var value = context.run(code);
    Backends.current().finish();
    long nanos = System.nanoTime() - start - (context.compileNanos() - compiled);
    if (value != null) {
      context.display(value);
    }
    return words(nanos);
  }

  private static MimeBundle words(long nanos) {
    return MimeBundle.text("time: " + Words.seconds(nanos / 1e9));
  }

  static <T> T time(Callable<T> work) throws Exception {
    long start = System.nanoTime();
    try {
      return work.call();
    } finally {
      Backends.current().finish();
      System.out.println(words(System.nanoTime() - start));
    }
  }
}
