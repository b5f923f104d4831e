package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class WindowsTest {
  /** Eight months from January 2000: 1, 2, 4, …, 128; each return is ln 2. */
  private static Table doubling() {
    return table(1, 2, 4, 8, 16, 32, 64, 128);
  }

  private static Table table(double... close) {
    DateColumn dates = DateColumn.create("date");
    for (int i = 0; i < close.length; i++) {
      dates.append(LocalDate.of(2000, 1, 1).plusMonths(i));
    }
    return Table.create("prices.csv", dates, DoubleColumn.create("close", close));
  }

  private static LocalDate month(int number) {
    return LocalDate.of(2000, number, 1);
  }

  @Test
  void levels_windowsAreNextValues() {
    Split<SeriesWindows> split =
        Windows.of(table(1, 2, 3, 4, 5, 6, 7, 8), "date", "close")
            .unscaled()
            .length(2)
            .split("2000-05", "2000-07");

    SeriesWindows train = split.train(); // targets end in March and April
    assertThat(train.count()).isEqualTo(2);
    assertThat(train.inputs()).containsExactly(1, 2, 2, 3); // step 0: both windows, then step 1
    assertThat(train.targets()).containsExactly(2, 3, 3, 4);
    assertThat(train.dates()).containsExactly(month(3), month(4));
    assertThat(train.targetDates(1)).containsExactly(month(3), month(4));

    SeriesWindows test = split.test(); // July and August, inputs from before July
    assertThat(test.inputs()).containsExactly(5, 6, 6, 7);
    assertThat(test.targets()).containsExactly(6, 7, 7, 8);
    assertThat(test.dates()).containsExactly(month(7), month(8));
    assertThat(test.actual()).containsExactly(7, 8);
    assertThat(test.naive()).containsExactly(6, 7);
    assertThat(test.price(0, 1)).isEqualTo(7);
    assertThat(test.lastPrice(0, 1)).isEqualTo(6);
    assertThat(test.targetDate(0, 1)).isEqualTo(month(7));
    assertThat(test)
        .hasToString(
            "test: 2 windows of 2 levels, 1 feature, last targets 2000-07-01 to 2000-08-01");
  }

  @Test
  void logReturns_beginWithSecondRowAndTurnIntoPrices() {
    SeriesWindows train =
        Windows.of(doubling(), "date", "close")
            .logReturns()
            .unscaled()
            .length(3)
            .split("2000-06", "2000-07")
            .train();

    assertThat(train.count()).isEqualTo(1); // returns of February to April, targets to May
    assertThat(train.steps()).isEqualTo(3);
    for (double value : train.inputs()) {
      assertThat(value).isCloseTo(Math.log(2), within(1e-15));
    }
    assertThat(train.targetDates(0)).containsExactly(month(3), month(4), month(5));
    assertThat(train.toPrices(train.targets()))
        .containsExactly(new double[] {4, 8, 16}, within(1e-12));
    assertThat(train.toPrices(new double[] {0, 0, 0}))
        .as("no change is the naive forecast")
        .containsExactly(2, 4, 8);
  }

  @Test
  void logLevels_turnIntoPrices() {
    SeriesWindows test =
        Windows.of(doubling(), "date", "close")
            .logLevels()
            .length(2)
            .split("2000-04", "2000-06")
            .test();
    assertThat(test.lastStep(test.toPrices(test.targets())))
        .containsExactly(new double[] {32, 64, 128}, within(1e-10));
  }

  @Test
  void standardised_byTrainingDatesOnly() {
    Windows windows = Windows.of(table(1, 3, 1, 3, 1, 900, 5, 700), "date", "close").length(1);
    SeriesWindows train = windows.split("2000-05", "2000-07").train();
    assertThat(train.scaling(0)).isEqualTo(new Scaling(2, 1)); // of 1, 3, 1, 3
    assertThat(train.inputs()).containsExactly(-1, 1, -1);
    assertThat(train.targets()).containsExactly(1, -1, 1);
    SeriesWindows test = windows.split("2000-05", "2000-07").test();
    assertThat(test.inputs()).containsExactly(898, 3);
    assertThat(test.toPrices(test.targets())).containsExactly(5, 700);
  }

  @Test
  void constantColumn_isOnlyCentred() {
    SeriesWindows train =
        Windows.of(table(0.1, 0.1, 0.1, 0.1, 2, 3), "date", "close")
            .length(1)
            .split("2000-05", "2000-06")
            .train();
    assertThat(train.scaling(0).deviation()).isEqualTo(1);
    assertThat(train.inputs()).containsExactly(new double[] {0, 0, 0}, within(1e-15));
  }

  @Test
  void moreColumns_areMoreFeatures() {
    Table table =
        doubling().addColumns(IntColumn.create("rate", new int[] {10, 20, 30, 40, 50, 60, 70, 80}));
    SeriesWindows train =
        Windows.of(table, "date", "close", "rate")
            .unscaled()
            .length(2)
            .split("2000-05", "2000-06")
            .train();
    assertThat(train.inputSize()).isEqualTo(2);
    assertThat(train.outputSize()).isEqualTo(1);
    assertThat(train.inputs()).containsExactly(1, 10, 2, 20, 2, 20, 4, 30);
    assertThat(train.targets()).containsExactly(2, 4, 4, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 24})
  void eachDate_isLastTargetOnceAndTrainingSeesNothingLater(int length) {
    double[] close = new double[120];
    java.util.Arrays.setAll(close, i -> 100 + 10 * Math.sin(i));
    LocalDate validation = LocalDate.of(2006, 1, 1);
    LocalDate test = LocalDate.of(2008, 1, 1);
    Split<SeriesWindows> split =
        Windows.of(table(close), "date", "close")
            .logReturns()
            .length(length)
            .split(validation, test);

    List<LocalDate> all = new ArrayList<>(split.train().dates());
    all.addAll(split.validation().dates());
    all.addAll(split.test().dates());
    List<LocalDate> wanted = new ArrayList<>();
    for (int i = length + 1; i < 120; i++) {
      wanted.add(LocalDate.of(2000, 1, 1).plusMonths(i));
    }
    assertThat(all).isEqualTo(wanted);
    for (int window = 0; window < split.train().count(); window++) {
      assertThat(split.train().targetDates(window)).allMatch(date -> date.isBefore(validation));
    }
    assertThat(split.validation().count()).isEqualTo(24);
    assertThat(split.validation().dates().get(0)).isEqualTo(validation);
    assertThat(split.test().count()).isEqualTo(24);
    assertThat(split.test().dates().get(0)).isEqualTo(test);
  }

  @Test
  void datesAsTextMonths_areRead() {
    Table table =
        Table.create(
            "t",
            StringColumn.create("month", "2000-01", "2000-02", "2000-03", "2000-04", "2000-05"),
            StringColumn.create("close", "1", "2", " 3 ", "4", "5"));
    SeriesWindows test =
        Windows.of(table, "month", "close").unscaled().length(1).split("2000-03", "2000-05").test();
    assertThat(test.dates()).containsExactly(month(5));
    assertThat(test.targets()).containsExactly(5);
  }

  @Test
  void businessDays_mayLeaveOutWeekendsAndHolidays() {
    DateColumn dates = DateColumn.create("date");
    for (String day :
        List.of(
            "2001-09-06", "2001-09-07", "2001-09-10", "2001-09-17", "2001-09-18", "2001-09-19")) {
      dates.append(LocalDate.parse(day));
    }
    Table table = Table.create("t", dates, DoubleColumn.create("close", 1, 2, 3, 4, 5, 6));
    assertThat(
            Windows.of(table, "date", "close")
                .length(1)
                .split("2001-09-17", "2001-09-19")
                .test()
                .count())
        .isEqualTo(1);
  }

  @Test
  void specification_isNotChangedByItsMethodsOrByTheTable() {
    Table table = doubling();
    Windows windows = Windows.of(table, "date", "close").unscaled().length(2);
    double[] before = windows.split("2000-05", "2000-07").train().inputs();
    windows.logReturns().length(1).standardised();
    table.doubleColumn("close").set(0, 77);
    double[] after = windows.split("2000-05", "2000-07").train().inputs();
    assertThat(after).isEqualTo(before);
    after[0] = 99;
    assertThat(windows.split("2000-05", "2000-07").train().inputs()).isEqualTo(before);
  }

  @Test
  void storedTable_splitsAsTheNotebookDoes() {
    Table prices = Tables.csv("../../data/sp500-monthly.csv");
    Split<SeriesWindows> data =
        Windows.of(prices, "date", "close").logReturns().length(24).split("2008-01", "2010-01");
    assertThat(data.train().count()).isEqualTo(245);
    assertThat(data.validation().count()).isEqualTo(24);
    assertThat(data.test().count()).isEqualTo(76);
    assertThat(data.test().inputs()).hasSize(24 * 76);
    assertThat(data.test().naive()[0]).isEqualTo(1110.38);
    assertThat(data.test().actual()[75]).isEqualTo(2075.54);
    assertThat(data.train().scaling(0).mean()).isCloseTo(0.0075797, within(1e-6));
  }
}
