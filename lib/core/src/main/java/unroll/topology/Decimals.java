package unroll.topology;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** How the numbers of a table are shown. */
final class Decimals {

  private Decimals() {}

  /** Shows all numbers with so many decimals, with a point in every language. */
  static void show(Table table, int decimals) {
    for (Column<?> column : table.columns()) {
      if (column instanceof DoubleColumn numbers) {
        DecimalFormat format =
            new DecimalFormat(
                "0." + "0".repeat(decimals), DecimalFormatSymbols.getInstance(Locale.ROOT));
        numbers.setPrintFormatter(format, "");
      }
    }
  }
}
