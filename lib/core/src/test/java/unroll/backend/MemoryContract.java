package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Buffers, and what moves numbers without computing. */
interface MemoryContract {

  Backend backend();

  @Test
  default void name_isThatOfItsProvider() {
    assertThat(Backends.named(backend().name())).isSameAs(backend());
    assertThat(backend().device()).isNotBlank();
  }

  @Test
  default void writtenNumbers_readBackRounded() {
    for (int size : Host.SIZES) {
      Host host = new Host(backend(), size);
      double[] exact = host.uniform(size, -1, 1);
      double[] values = new double[size];
      float[] floats = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = exact[i] * (1 + 1e-12);
        floats[i] = (float) exact[i];
      }
      Buffer doubles = host.out(size);
      backend().write(values, doubles);
      Buffer singles = host.out(size);
      backend().write(floats, singles);
      double[] rounded = values.clone();
      double[] widened = new double[size];
      for (int i = 0; i < size; i++) {
        rounded[i] = host.rounded(values[i]);
        widened[i] = floats[i];
      }
      assertThat(host.read(doubles)).containsExactly(rounded);
      assertThat(host.read(singles)).containsExactly(widened);
      host.check();
    }
  }

  @Test
  default void specialNumbers_readBack() {
    double[] values = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Float.MIN_VALUE
    };
    Host host = new Host(backend(), 1);
    assertThat(host.read(host.in(values))).containsExactly(values);
  }

  @Test
  default void slice_isAView() {
    Buffer whole = backend().allocate(10);
    backend().fill(whole, 1);
    Buffer inner = whole.slice(2, 6).slice(1, 3);
    assertThat(inner.length()).isEqualTo(3);
    backend().fill(inner, 7);
    double[] read = new double[10];
    backend().read(whole, read);
    assertThat(read).containsExactly(1, 1, 1, 7, 7, 7, 1, 1, 1, 1);
    backend().fill(whole, 2);
    double[] part = new double[3];
    backend().read(inner, part);
    assertThat(part).containsExactly(2, 2, 2);
  }

  @Test
  default void sliceOutside_refused() {
    Buffer whole = backend().allocate(10);
    assertThat(whole.slice(10, 0).length()).isZero();
    Buffer inner = whole.slice(2, 3);
    for (int[] part : new int[][] {{-1, 2}, {0, 4}, {4, -1}, {3, 1}, {1, Integer.MAX_VALUE}}) {
      assertThatThrownBy(() -> inner.slice(part[0], part[1]))
          .as("slice(%d, %d) of 3", part[0], part[1])
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  default void releasedBuffer_makesRoomForOthers() {
    for (int i = 0; i < 100; i++) {
      Buffer buffer = backend().allocate(1000);
      assertThat(buffer.length()).isEqualTo(1000);
      backend().fill(buffer, i);
      double[] read = new double[1000];
      backend().read(buffer, read);
      assertThat(read).containsOnly(i);
      backend().release(buffer);
    }
    backend().release(backend().allocate(0));
  }

  @Test
  default void copy_runsAndStrides() {
    for (int seed = 0; seed < 100; seed++) {
      Host host = new Host(backend(), seed);
      int runs = host.between(0, 6);
      int length = host.oneOf(Host.SIZES);
      int fromStride = host.oneOf(0, length, length + 3);
      int toStride = length + host.between(0, 4);
      double[] from = host.uniform(span(runs, length, fromStride), -1, 1);
      double[] to = host.uniform(span(runs, length, toStride), -1, 1);
      Buffer y = host.inOut(to);
      backend().copy(runs, length, host.in(from), fromStride, y, toStride);
      for (int r = 0; r < runs; r++) {
        System.arraycopy(from, r * fromStride, to, r * toStride, length);
      }
      assertThat(host.read(y)).containsExactly(to);
      host.check();
    }
  }

  private static int span(int runs, int length, int stride) {
    return runs == 0 ? 0 : (runs - 1) * stride + length;
  }

  @Test
  default void gather_takesRows_andScatterAddGivesThemBack() {
    for (int seed = 0; seed < 60; seed++) {
      Host host = new Host(backend(), seed);
      int rowLength = host.oneOf(1, 2, 3, 7, 16, 33);
      int rows = host.between(1, 9);
      int[] indices = new int[host.oneOf(0, 1, 2, 5, 30)];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = host.between(0, rows - 1);
      }
      double[] table = host.uniform(rows * rowLength, -1, 1);
      double[] taken = new double[indices.length * rowLength];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = table[indices[i / rowLength] * rowLength + i % rowLength];
      }
      Buffer out = host.out(taken.length);
      backend().gather(rowLength, host.in(table), indices, out);
      assertThat(host.read(out)).containsExactly(taken);

      double[] added = host.uniform(taken.length, -1, 1);
      Buffer sums = host.inOut(table);
      backend().scatterAdd(rowLength, host.in(added), indices, sums);
      for (int i = 0; i < added.length; i++) {
        table[indices[i / rowLength] * rowLength + i % rowLength] += added[i];
      }
      Host.assertClose("scatterAdd", host.read(sums), table, 32 * host.epsilon(), 0);
      host.check();
    }
  }

  @Test
  default void transpose_swapsTheMiddleAxes() {
    for (int seed = 0; seed < 100; seed++) {
      Host host = new Host(backend(), seed);
      int outer = host.between(0, 3);
      int rows = host.oneOf(1, 2, 3, 8, 17, 33);
      int columns = host.oneOf(0, 1, 2, 5, 16, 31);
      int inner = host.oneOf(1, 1, 2, 9);
      double[] x = host.uniform(outer * rows * columns * inner, -1, 1);
      double[] expected = new double[x.length];
      for (int o = 0; o < outer; o++) {
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            for (int i = 0; i < inner; i++) {
              expected[((o * columns + c) * rows + r) * inner + i] =
                  x[((o * rows + r) * columns + c) * inner + i];
            }
          }
        }
      }
      Buffer out = host.out(x.length);
      backend().transpose(outer, rows, columns, inner, host.in(x), out);
      assertThat(host.read(out)).containsExactly(expected);
      host.check();
    }
  }
}
