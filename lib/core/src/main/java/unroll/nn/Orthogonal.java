package unroll.nn;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import unroll.tensor.Generator;

/**
 * Random matrices with orthonormal columns, or rows if those are fewer: Q of the QR decomposition
 * of a normal matrix, with the signs of R's diagonal, so that every rotation is equally likely
 * (Mezzadri 2007).
 */
final class Orthogonal {

  private Orthogonal() {}

  static double[] draw(Generator generator, int... sizes) {
    int columns = Fan.in("orthogonal", sizes);
    int rows = sizes[0];
    boolean wide = columns > rows;
    DMatrixRMaj q = wide ? tall(generator, columns, rows) : tall(generator, rows, columns);
    double[] values = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[r * columns + c] = wide ? q.get(c, r) : q.get(r, c);
      }
    }
    return values;
  }

  /** QᵀQ = I, at least as many rows as columns. */
  private static DMatrixRMaj tall(Generator generator, int rows, int columns) {
    DMatrixRMaj normal = new DMatrixRMaj(rows, columns);
    generator.fillNormal(normal.data, 0, 1);
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rows, columns);
    if (!qr.decompose(normal)) {
      throw new IllegalStateException(
          "Initializer.orthogonal: no QR decomposition of a matrix %d by %d"
              .formatted(rows, columns));
    }
    DMatrixRMaj q = qr.getQ(null, true);
    DMatrixRMaj r = qr.getR(null, true);
    for (int c = 0; c < columns; c++) {
      if (r.get(c, c) < 0) {
        for (int row = 0; row < rows; row++) {
          q.set(row, c, -q.get(row, c));
        }
      }
    }
    return q;
  }
}
