package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import unroll.data.SeriesWindows;
import unroll.data.Split;
import unroll.data.Windows;
import unroll.loss.Loss;
import unroll.nn.Dropout;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

class SequenceToSequenceTest {

  /** A price whose returns swing with a period of eight months: easy to foresee. */
  private static Split<SeriesWindows> swing() {
    DateColumn date = DateColumn.create("date");
    DoubleColumn close = DoubleColumn.create("close");
    double price = 100;
    for (int month = 0; month < 120; month++) {
      price *= 1 + 0.03 * StrictMath.sin(month * Math.PI / 4);
      date.append(LocalDate.of(2000, 1, 1).plusMonths(month));
      close.append(price);
    }
    return Windows.of(Table.create("swing", date, close), "date", "close")
        .logReturns()
        .length(12)
        .split("2007-01", "2008-01");
  }

  private static SequenceToSequence lstm(long seed) {
    Generator generator = Generator.of(seed);
    return SequenceToSequence.of(Lstm.of(1, 8, generator), Linear.of(8, 1, generator));
  }

  private static Fit settings() {
    return Fit.epochs(30).learningRate(1e-2).clip(1).generator(Generator.of(2));
  }

  @Test
  void fit_foreseesASwing() {
    Split<SeriesWindows> data = swing();
    SequenceToSequence model = lstm(1);
    Run run = model.fit(data, settings());
    Forecast forecast = model.forecast(data.test());
    assertThat(run.history().get(29).loss()).isLessThan(0.2 * run.history().get(0).loss());
    assertThat(forecast.error()).isLessThan(0.5 * forecast.naiveError());
    assertThat(forecast.verdict()).contains("the model wins");
    assertThat(model.evaluate(data.test()).rowCount()).isEqualTo(2);
  }

  @Test
  void fit_sameSeedSameBits() {
    Split<SeriesWindows> data = swing();
    SequenceToSequence first = lstm(1);
    SequenceToSequence second = lstm(1);
    first.fit(data, settings().upTo(3));
    second.fit(data, settings().upTo(3));
    first
        .parameters()
        .forEach(
            (name, p) ->
                assertThat(p.value().toArray())
                    .as(name)
                    .isEqualTo(second.parameters().get(name).value().toArray()));
  }

  @Test
  void fit_stoppedEverySecondStep_isTheUndisturbedOneToTheBit() {
    Split<SeriesWindows> data = swing();
    TopologyContract.requireResumable(
        dropping(),
        dropping(),
        (model, fit) -> model.fit(data, fit),
        () -> settings().upTo(2).truncate(4));
  }

  private static SequenceToSequence dropping() {
    Generator g = Generator.of(3);
    return SequenceToSequence.of(Lstm.of(1, 8, g), Dropout.of(0.2), Linear.of(8, 1, g));
  }

  @Test
  void weight_isTheSumOfThatOfTheParts() {
    SequenceObjective objective = new SequenceObjective(lstm(1), Loss.meanSquaredError(), swing());
    int[] some = {0, 3, 4};
    assertThat(objective.weight(some)).isEqualTo(36);
    assertThat(objective.weight(some, 0, 5) + objective.weight(some, 5, 12)).isEqualTo(36);
  }

  @Test
  void fit_cutIntoParts_learnsInLessMemory() {
    Split<SeriesWindows> data = swing();
    SequenceToSequence model = lstm(1);
    Run run = model.fit(data, settings().truncate(4));
    assertThat(run.steps()).isEqualTo(30L * 3 * ((data.train().count() + 31) / 32));
    assertThat(run.history().get(29).loss()).isLessThan(0.3 * run.history().get(0).loss());
    Run whole = lstm(1).fit(data, settings().upTo(1));
    assertThat(run.stepMemory()).isLessThan(whole.stepMemory() * 6 / 10);
  }

  @Test
  void fit_cutAtTheirLength_isNotCut() {
    Split<SeriesWindows> data = swing();
    SequenceToSequence cut = lstm(1);
    SequenceToSequence whole = lstm(1);
    cut.fit(data, settings().upTo(3).truncate(12));
    whole.fit(data, settings().upTo(3));
    assertThat(cut.predict(Tensor.filled(0.5, 5, 3, 1)).toArray())
        .isEqualTo(whole.predict(Tensor.filled(0.5, 5, 3, 1)).toArray());
  }

  @Test
  void fit_wrongOutputSize_saysHowToEndTheNetwork() {
    SequenceToSequence model = SequenceToSequence.of(Gru.of(1, 8));
    assertThatThrownBy(() -> model.fit(swing(), settings()))
        .hasMessageContaining("end it with Linear.of(8, 1)");
  }

  @Test
  void predict_keepsTimeAndBatch() {
    Tensor y = lstm(1).predict(Tensor.filled(0.5, 5, 3, 1));
    assertThat(y.shape()).isEqualTo(Shape.of(5, 3, 1));
  }

  @Test
  void predict_transposedInput_namesTheLayerAndTheShape() {
    assertThatThrownBy(() -> lstm(1).predict(Tensor.filled(0, 5, 3)))
        .hasMessage(
            "Lstm 1 → 8: input must be [time, batch, features] with time at least 1, got [5, 3]");
  }

  @Test
  void trace_showsEveryGateAlongTheDates() {
    Split<SeriesWindows> data = swing();
    Trace trace = lstm(1).trace(data.test());
    int months = data.test().count();
    assertThat(trace.layers().get(0).gates().keySet())
        .containsExactly("i", "f", "g", "o", "c", "h");
    trace
        .layers()
        .get(0)
        .gates()
        .forEach((gate, values) -> assertThat(values).hasDimensions(8, months));
    assertThat(trace.gates().panels()).hasSize(5);
    assertThat(trace.gates().svg()).contains("forget gate f");
    assertThat(trace.table().rowCount()).isEqualTo(6 * 8 * months);
    assertThatThrownBy(() -> trace.heatMap("z")).hasMessageContaining("it has [i, f, g, o, c, h]");
  }

  @Test
  void trace_ofOneSequence_hasAColumnForEachStep() {
    SequenceToSequence model = SequenceToSequence.of(Rnn.of(1, 4), Gru.of(4, 6), Linear.of(6, 1));
    Trace trace = model.trace(Tensor.filled(0.3, 7, 2, 1));
    assertThat(trace.layers()).hasSize(2);
    assertThat(trace.layers().get(1).gates().get("z")).hasDimensions(6, 7);
  }

  @Test
  void toString_listsLayersShapesAndParameters() {
    assertThat(lstm(1).toString())
        .contains("Lstm 1 → 8", "[T, B, 8]", "352 parameters", "361 parameters");
    assertThat(lstm(1).drawing().description()).contains("Lstm");
  }
}
