package unroll.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** Each error says which table, row and column, what was expected and what was got. */
class WindowsErrorsTest {
  /** Twelve rows of a file, January to December 2000, 100 to 111. */
  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(LocalDate.of(2000, 1, 1).plusMonths(i) + "," + (100 + i));
    }
    return rows;
  }

  private static Table table(List<String> rows) {
    Table table = Table.read().csv("date,close\n" + String.join("\n", rows) + "\n", "prices.csv");
    return table.setName("prices.csv");
  }

  private static Table changed(int row, String text) {
    List<String> rows = rows();
    rows.set(row - 1, text);
    return table(rows);
  }

  private static void assertFails(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Windows good() {
    return Windows.of(table(rows()), "date", "close");
  }

  @Test
  void missingColumn_namesOthersAndNearest() {
    assertFails(
        () -> Windows.of(table(rows()), "date", "Close"),
        "prices.csv has no column \"Close\"; there are \"date\", \"close\"; did you mean \"close\"?");
    assertFails(() -> Windows.of(table(rows()), "day", "close"), "did you mean \"date\"?");
    assertFails(() -> Windows.of(table(rows()), "date", "volume"), "are \"date\", \"close\"");
    assertFails(() -> Windows.of(table(rows()), "date"), "at least one column of values");
    assertFails(() -> Windows.of(Table.create("t"), "date", "close"), "there are none");
  }

  @Test
  void missingMonth_namesRowAndDate() {
    List<String> rows = rows();
    rows.remove(4);
    assertFails(
        () -> Windows.of(table(rows), "date", "close"),
        "prices.csv row 5 (line 6 of the file): a gap in monthly dates: after 2000-04-01 expected"
            + " 2000-05, got 2000-06-01");
  }

  @Test
  void textForNumber_namesRowDateAndText() {
    assertFails(
        () -> Windows.of(changed(7, "2000-07-01,abc"), "date", "close"),
        "prices.csv row 7 (line 8 of the file), column \"close\": expected a number at 2000-07-01,"
            + " got \"abc\"");
    assertFails(() -> Windows.of(changed(7, "2000-07-01,n/a"), "date", "close"), "got \"n/a\"");
    assertFails(() -> Windows.of(changed(7, "2000-07-01,NaN"), "date", "close"), "missing");
  }

  @Test
  void missingValue_namesRowAndDate() {
    assertFails(
        () -> Windows.of(changed(3, "2000-03-01,"), "date", "close"),
        "row 3 (line 4 of the file), column \"close\": the value at 2000-03-01 is missing");
    assertFails(
        () -> Windows.of(changed(3, ",5"), "date", "close"),
        "row 3 (line 4 of the file), column \"date\": the date is missing");
  }

  @Test
  void badDate_namesRowAndText() {
    assertFails(
        () -> Windows.of(changed(2, "soon,5"), "date", "close"),
        "row 2 (line 3 of the file), column \"date\": expected a date like 2008-01-31 or 2008-01,"
            + " got \"soon\"");
    assertFails(() -> Windows.of(table(rows()), "close", "close"), "holds integer, not dates");
  }

  @Test
  void datesOutOfOrderOrDoubled_namesRow() {
    List<String> rows = rows();
    java.util.Collections.swap(rows, 3, 4);
    assertFails(
        () -> Windows.of(table(rows), "date", "close"),
        "row 5 (line 6 of the file): 2000-04-01 comes after 2000-05-01; sort the table");
    assertFails(
        () -> Windows.of(changed(2, "2000-01-01,5"), "date", "close"),
        "row 2 (line 3 of the file): 2000-01-01 stands there twice");
  }

  @Test
  void irregularDates_areRefused() {
    assertFails(
        () ->
            Windows.of(
                table(List.of("2000-01-01,1", "2000-01-14,2", "2000-01-27,3", "2000-02-09,4")),
                "date",
                "close"),
        "not daily, weekly, monthly, quarterly or yearly (they go 2000-01-01, 2000-01-14, …)");
    assertFails(
        () ->
            Windows.of(
                table(List.of("2000-01-03,1", "2000-01-10,2", "2000-01-17,3", "2000-01-31,4")),
                "date",
                "close"),
        "a gap in weekly dates: after 2000-01-17 expected 2000-01-24, got 2000-01-31");
  }

  @Test
  void priceNotPositive_isRefusedForLogarithmsOnly() {
    Windows windows = Windows.of(changed(4, "2000-04-01,0"), "date", "close");
    windows.levels().length(2).split("2000-08", "2000-10");
    assertFails(
        windows::logReturns,
        "Windows.logReturns: prices.csv row 4 (line 5 of the file), column \"close\": a logarithm"
            + " needs values over 0, got 0.0 at 2000-04-01; use levels()");
    assertFails(windows::logLevels, "Windows.logLevels: prices.csv row 4");
  }

  @Test
  void tooFewRows_namesHowManyAreNeeded() {
    assertFails(
        () -> good().logReturns().length(11).split("2000-05", "2000-08"),
        "windows of 11 log returns need at least 13 rows, prices.csv has 12; shorten the length");
    assertFails(
        () -> Windows.of(table(List.of("2000-01-01,1")), "date", "close"), "at least 2 rows");
    assertFails(() -> good().length(0), "at least 1 step, got 0");
  }

  @Test
  void partWithoutWindows_isNamed() {
    assertFails(
        () -> good().logReturns().length(6).split("2000-08", "2000-10"),
        "no window is left for training: with 6 steps of log returns, the first one ends at"
            + " 2000-08-01");
    assertFails(
        () -> good().length(2).split(LocalDate.of(2000, 8, 2), LocalDate.of(2000, 8, 20)),
        "no window is left for validation");
  }

  @Test
  void splitDates_outsideOrOutOfOrderOrUnreadable() {
    assertFails(() -> good().length(2).split("2000-10", "2000-08"), "must begin before the test");
    assertFails(
        () -> good().length(2).split("1999", "2000-08"), "dates from 2000-01-01 to 2000-12-01");
    assertFails(() -> good().length(2).split("2000-05", "2001-01"), "must lie inside");
    assertFails(() -> good().length(2).split("May 2000", "2000-08"), "got \"May 2000\"");
    assertFails(() -> good().length(2).split("2000-13", "2000-08"), "got \"2000-13\"");
  }

  @Test
  void predictionsOfWrongSize_areRefused() {
    SeriesWindows test = good().length(2).split("2000-05", "2000-08").test();
    assertFails(() -> test.toPrices(new double[5]), "expected 10 values [2, 5, 1], got 5");
    assertFails(() -> test.lastStep(new double[5]), "SeriesWindows.lastStep: expected 10 values");
    assertThatThrownBy(() -> test.targetDate(2, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("step 2 of window 0; there are 2 steps and 5 windows");
  }
}
