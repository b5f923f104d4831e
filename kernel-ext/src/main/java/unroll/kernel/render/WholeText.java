package unroll.kernel.render;

import java.util.Locale;
import tech.tablesaw.api.Table;
import unroll.kernel.display.Html;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.ValueText;
import unroll.tensor.Tensor;

/** Values whole, where their renderers cut them: all rows of a table, all numbers of a tensor. */
public final class WholeText {
  private WholeText() {}

  /** A value in a box that scrolls. */
  public static MimeBundle bundle(Object value) {
    var text = of(value);
    var html =
        "<div style=\"max-height:30em;overflow:auto\"><pre>" + Html.escape(text) + "</pre></div>";
    return MimeBundle.html(html, text);
  }

  static String of(Object value) {
    if (value instanceof Table table) {
      return ValueText.whole(table.printAll());
    }
    return value instanceof Tensor tensor
        ? ValueText.whole(numbers(tensor))
        : ValueText.whole(value);
  }

  private static String numbers(Tensor tensor) {
    var text = new StringBuilder("Tensor " + tensor.shape());
    int columns = tensor.shape().rank() == 0 ? 1 : Math.max(1, tensor.shape().size(-1));
    double[] numbers = tensor.toArray();
    for (int i = 0; i < numbers.length; i++) {
      text.append(i % columns == 0 ? "\n" : "");
      text.append(String.format(Locale.ROOT, "%12.5g", numbers[i]));
    }
    return text.toString();
  }
}
