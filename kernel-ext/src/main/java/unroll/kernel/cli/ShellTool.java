package unroll.kernel.cli;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.util.ResourceBundle;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * The JDK's JShell tool, with {@code /help unroll}. The tool has no way to add a subject to its
 * help, so that is done by reflection; where the tool is unlike what is expected, or its package is
 * not opened to us, it starts without.
 */
final class ShellTool {
  private ShellTool() {}

  /** Runs a session; returns its exit code. */
  static int start(String... arguments) throws Exception {
    var builder = JavaShellToolBuilder.builder();
    Object tool;
    try {
      tool = accessible(builder.getClass().getMethod("rawTool")).invoke(builder);
      addHelp(tool);
    } catch (ReflectiveOperationException | RuntimeException otherTool) {
      return builder.start(arguments);
    }
    try {
      var start = accessible(tool.getClass().getMethod("start", String[].class));
      return (Integer) start.invoke(tool, (Object) arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw e;
    }
  }

  private static void addHelp(Object tool) throws ReflectiveOperationException {
    var type = tool.getClass();
    // asked for a text, the tool reads them all
    accessible(type.getDeclaredMethod("getResourceString", String.class))
        .invoke(tool, "jshell.msg.welcome");
    var texts = accessible(type.getDeclaredField("outputRB"));
    texts.set(tool, new ShellTexts((ResourceBundle) texts.get(tool)));
    var loader = type.getClassLoader();
    var kinds = Class.forName(type.getName() + "$CommandKind", true, loader);
    var command = Class.forName(type.getName() + "$Command", true, loader);
    var subject = accessible(kinds.getDeclaredField("HELP_SUBJECT")).get(null);
    var entry =
        accessible(command.getDeclaredConstructor(String.class, String.class, kinds))
            .newInstance("unroll", ShellTexts.HELP, subject);
    accessible(type.getDeclaredMethod("registerCommand", command)).invoke(tool, entry);
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true);
    return member;
  }
}
