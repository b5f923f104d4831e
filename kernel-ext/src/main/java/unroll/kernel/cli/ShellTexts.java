package unroll.kernel.cli;

import java.util.Collections;
import java.util.Enumeration;
import java.util.ResourceBundle;

/** The texts of the JDK's JShell tool, with a welcome, a subject of the help and a mode of ours. */
final class ShellTexts extends ResourceBundle {

  /** The key of our subject: {@code /help unroll}. */
  static final String HELP = "help.unroll";

  private static final String ABOUT =
      """
      Unroll's library is imported: type the name of a class and Tab.

      Values     A chart, a model or a table on a line of its own is drawn with
                 characters; display(VALUE) does that within a statement.
      Training   model.fit(data, Fit.epochs(20)) shows a bar. Ctrl-C stops it
                 within a step: what was trained is there, and resume() of the
                 run goes on from it.
      Models     Models.list() has every model that was trained. They outlive
                 variables, which JShell drops when a class, a method or an
                 import is redefined; but not /reset.
      Functions  What notebooks do with magics, functions do here:
                 seed(42), backend("cpu"), models(); help() lists them all.
      Scripts    /save FILE writes what was typed; ./unroll jshell FILE runs
                 it, with an exit code.

      /exit or Ctrl-D ends the session; /exit 3 with that exit code.""";

  ShellTexts(ResourceBundle tool) {
    setParent(tool);
  }

  @Override
  protected Object handleGetObject(String key) {
    return switch (key) {
      case HELP -> ABOUT;
      case HELP + ".summary" -> "what Unroll adds to JShell";
      case "jshell.msg.welcome" ->
          "Unroll " + Version.number() + " in JShell {0}\nFor what is here type: /help unroll";
      case "startup.feedback" -> parent.getString(key) + truncation();
      default -> null; // the tool's own
    };
  }

  /** A drawing is longer than what the tool shows of a value by itself. */
  private static String truncation() {
    var lines = new StringBuilder("\n");
    for (var mode : new String[] {"verbose", "normal", "concise"}) {
      lines.append("/set truncation ").append(mode).append(" 4000\n");
      lines.append("/set truncation ").append(mode).append(" 60000 varvalue,expression\n");
    }
    return lines.toString();
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(parent.keySet());
  }
}
