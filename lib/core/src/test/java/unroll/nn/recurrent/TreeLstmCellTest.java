package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class TreeLstmCellTest {

  private static final int INPUT = 3;
  private static final int HIDDEN = 4;
  private static final String[] TREES = {"w", "(a)", "((a b) (c d))", "v(s(d) o(d p n(q)) e)"};

  private static TreeLstmCell cell() {
    TreeLstmCell cell = TreeLstmCell.of(INPUT, HIDDEN, Generator.of(1));
    Samples.of(11).redraw(cell.parameters().values(), -0.9, 0.9);
    return cell;
  }

  private static Tensor input(Tree tree, int batch) {
    return Samples.of(2).tensor(tree.nodes().size(), batch, INPUT);
  }

  @Test
  void everyNode_asTheEquationsInAScalarRecursion() {
    for (String text : TREES) {
      for (String backend : List.of("ejml", "cpu")) {
        OnBackend.Switch.run(
            backend, () -> checkNodes(Tree.parse(text), backend.equals("cpu") ? 1e-5 : 1e-13));
      }
    }
  }

  private static void checkNodes(Tree tree, double tolerance) {
    TreeLstmCell cell = cell();
    Tensor input = input(tree, 2);
    Unrolled<LstmState> run = Recursive.over(cell).run(tree, input);
    assertThat(run.output().shape()).isEqualTo(Shape.of(tree.nodes().size(), 2, HIDDEN));
    Scalars weights = new Scalars(cell.parameters());
    for (int b = 0; b < 2; b++) {
      List<double[]> rows = new ArrayList<>();
      for (Tensor step : input.unstack()) {
        rows.add(step.get(b).toArray());
      }
      List<double[]> outputs = new ArrayList<>();
      double[][] root = equations(weights, tree, rows, outputs);
      for (int n = 0; n < outputs.size(); n++) {
        assertThat(run.output().get(n).get(b).toArray())
            .usingComparatorWithPrecision(tolerance)
            .containsExactly(outputs.get(n));
      }
      assertThat(run.state().hidden().get(b).toArray())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(root[0]);
      assertThat(run.state().cell().get(b).toArray())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(root[1]);
    }
  }

  /** h and c of a node; the outputs of all nodes below and its own are added in their order. */
  private static double[][] equations(
      Scalars weights, Tree tree, List<double[]> rows, List<double[]> outputs) {
    List<double[][]> children = new ArrayList<>();
    double[] sum = new double[HIDDEN];
    for (Tree child : tree.children()) {
      double[][] state = equations(weights, child, rows, outputs);
      children.add(state);
      for (int j = 0; j < HIDDEN; j++) {
        sum[j] += state[0][j];
      }
    }
    double[] x = rows.get(outputs.size());
    double[] h = new double[HIDDEN];
    double[] c = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      double i = Scalars.sigmoid(weights.both(j, x, sum));
      double g = Math.tanh(weights.both(2 * HIDDEN + j, x, sum));
      double o = Scalars.sigmoid(weights.both(3 * HIDDEN + j, x, sum));
      c[j] = i * g;
      for (double[][] child : children) {
        c[j] += Scalars.sigmoid(weights.both(HIDDEN + j, x, child[0])) * child[1][j];
      }
      h[j] = o * Math.tanh(c[j]);
    }
    outputs.add(h);
    return new double[][] {h, c};
  }

  @Test
  void gradients_agreeWithCentralDifferences() {
    for (String text : TREES) {
      TreeLstmCell cell = cell();
      Tree tree = Tree.parse(text);
      Parameter input = Parameter.of("input", input(tree, 2));
      List<Parameter> all = new ArrayList<>(cell.parameters().values());
      all.add(input);
      GradientCheck.Result worst =
          GradientCheck.check(
              all,
              () -> {
                Unrolled<LstmState> run = Recursive.over(cell).run(tree, input.value());
                return Samples.weigh(run.output())
                    .plus(Samples.weigh(run.state().cell()).times(2))
                    .plus(Samples.weigh(run.state().hidden()).times(3));
              });
      assertThat(worst.error()).as(text + " " + worst).isLessThan(1e-8);
    }
  }

  /** The same parameters in an LSTM over the sequence, with outputs and gradients. */
  @ParameterizedTest
  @CsvSource({"ejml, 1e-13", "cpu, 1e-5"})
  void onAChain_isAnLstm(String backend, double tolerance) {
    OnBackend.Switch.run(
        backend,
        () -> {
          TreeLstmCell tree = cell();
          Lstm lstm = Lstm.of(INPUT, HIDDEN);
          lstm.parameters()
              .forEach(
                  (name, p) ->
                      p.set(tree.parameters().get(name.replace("_l0", "")).value().toArray()));
          Tree chain = Tree.chain(List.of("a", "rather", "long", "sentence", "about", "nothing"));
          Parameter input = Parameter.of("input", input(chain, 2));
          double[][] found = new double[2][];
          double[][] gradients = new double[2][];
          double[][] byWeight = new double[2][];
          try (Tape tape = Tape.open()) {
            Tensor y = Recursive.over(tree).run(chain, input.value()).output();
            found[0] = y.toArray();
            var g = tape.backward(Samples.weigh(y));
            gradients[0] = g.of(input).toArray();
            byWeight[0] = g.of(tree.parameters().get("weight_hh")).toArray();
          }
          try (Tape tape = Tape.open()) {
            Tensor y = lstm.apply(input.value());
            found[1] = y.toArray();
            var g = tape.backward(Samples.weigh(y));
            gradients[1] = g.of(input).toArray();
            byWeight[1] = g.of(lstm.parameters().get("weight_hh_l0")).toArray();
          }
          for (double[][] pair : List.of(found, gradients, byWeight)) {
            assertThat(pair[0]).usingComparatorWithPrecision(tolerance).containsExactly(pair[1]);
          }
        });
  }

  @Test
  void shapeOfTheSentenceCounts_orderOfChildrenDoesNot() {
    Tensor words = Samples.of(5).tensor(4, 1, INPUT);
    double[] balanced = root("((not bad) (at all))", words, 0, 1, -1, 2, 3, -1, -1);
    double[] nested = root("(not (bad (at all)))", words, 0, 1, 2, 3, -1, -1, -1);
    double[] turned = root("((at all) (not bad))", words, 2, 3, -1, 0, 1, -1, -1);
    assertThat(Math.abs(nested[0] - balanced[0])).isGreaterThan(0.01);
    assertThat(turned).usingComparatorWithPrecision(1e-14).containsExactly(balanced);
  }

  /** The root's output; each node gets the word of that index, or zeros. */
  private static double[] root(String text, Tensor words, int... indices) {
    List<Tensor> rows = new ArrayList<>();
    for (int index : indices) {
      rows.add(index < 0 ? Tensors.zeros(1, INPUT) : words.get(index));
    }
    return Recursive.over(cell())
        .run(Tree.parse(text), Tensors.stack(rows))
        .state()
        .hidden()
        .toArray();
  }

  @Test
  void batch_isItsFillingsOneByOne() {
    Tree tree = Tree.parse(TREES[3]);
    Tensor input = input(tree, 3);
    Recursive<LstmState> network = Recursive.over(cell());
    Tensor all = network.run(tree, input).output();
    for (int b = 0; b < 3; b++) {
      assertThat(network.run(tree, input.slice(1, b, b + 1)).output().toArray())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(all.slice(1, b, b + 1).toArray());
    }
  }

  @Test
  void parameters_areThoseOfAnLstm() {
    assertThat(cell().parameters().keySet())
        .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
    assertThat(Recursive.over(cell()).parameterCount()).isEqualTo(16 * (3 + 4 + 2));
    assertThat(Recursive.over(cell())).hasToString("Recursive over TreeLstmCell 3 → 4");
  }

  @Test
  void wrongInput_isNamed() {
    Recursive<LstmState> network = Recursive.over(cell());
    Tree tree = Tree.parse("(a b)");
    for (int[] shape : new int[][] {{2, 1, 3}, {3, 3}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.run(tree, Tensors.zeros(shape)))
          .withMessage(
              "Recursive over TreeLstmCell 3 → 4: input must be [3, batch, features], one row for"
                  + " each node of the tree, got "
                  + Shape.of(shape));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(tree, Tensors.zeros(3, 1, 4)))
        .withMessage("TreeLstmCell.node: input must be [batch, 3], got [1, 4]");
    LstmState state = new LstmState(Tensors.zeros(2, 4), Tensors.zeros(2, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell().node(Tensors.zeros(2, 3), List.of(state)))
        .withMessage("TreeLstmCell.node: state must be [2, 4], got [2, 5]");
  }
}
