package unroll.kernel.cli;

import java.io.PrintWriter;
import unroll.backend.Backends;

/** Prints the backends as a computing JVM sees them, for {@link Doctor}: name, state, device. */
final class BackendTable {

  private BackendTable() {}

  /**
   * @param args none
   */
  public static void main(String[] args) {
    PrintWriter out = Terminal.here().out();
    for (Backends.Row row : Backends.table()) {
      out.println(row.name() + "\t" + row.available() + "\t" + row.device());
    }
    out.flush();
  }
}
