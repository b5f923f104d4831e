package unroll.kernel.assist;

import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * One class, to be compiled as a whole, that stands for a session: its imports, variables, methods
 * and types, and the code that is being written as the body of a method. Bodies of other methods
 * are left out.
 *
 * @param text the class
 * @param cursor offset in the text of the end of the code that is being written
 */
record SessionCode(String text, int cursor) {
  static final String NAME = "$Cell";

  /**
   * Puts the class together.
   *
   * @param before the parts of the cell before the one that is being written
   * @param last the part that is being written, up to the cursor
   * @param member whether that part is a method; otherwise it goes into one
   */
  static SessionCode of(JShell shell, List<String> before, String last, boolean member) {
    var imports = new StringBuilder();
    var members = new StringBuilder();
    var body = new StringBuilder();
    shell.imports().forEach(snippet -> imports.append(snippet.source()).append('\n'));
    shell.variables().forEach(variable -> members.append(field(variable)));
    shell.methods().forEach(method -> members.append(head(method)));
    shell.types().forEach(type -> members.append(nested(type)));
    for (var part : before) {
      for (var snippet : shell.sourceCodeAnalysis().sourceToSnippets(part)) {
        add(snippet, imports, members, body);
      }
    }
    var text = new StringBuilder(imports).append("class " + NAME + " {\n").append(members);
    if (!member) {
      text.append("static void $run() throws Throwable {\n").append(body);
    }
    text.append(last);
    int cursor = text.length();
    text.append(CodeScan.of(last).closing()).append(member ? "}" : "}}");
    return new SessionCode(text.toString(), cursor);
  }

  private static void add(
      Snippet snippet, StringBuilder imports, StringBuilder members, StringBuilder body) {
    if (snippet instanceof ImportSnippet) {
      imports.append(snippet.source()).append('\n');
    } else if (snippet instanceof MethodSnippet method) {
      members.append(head(method));
    } else if (snippet instanceof TypeDeclSnippet type) {
      members.append(nested(type));
    } else if (snippet instanceof VarSnippet variable
        && variable.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      body.append(variable.source()).append(";\n");
    }
  }

  private static String field(VarSnippet variable) {
    boolean written = variable.typeName().matches("[\\w.$<>?,\\[\\] ]+");
    return "static " + (written ? variable.typeName() : "Object") + " " + variable.name() + ";\n";
  }

  private static String head(MethodSnippet method) {
    int brace = CodeScan.of(method.source()).firstBrace();
    return brace < 0 ? "" : "static native " + method.source().substring(0, brace) + ";\n";
  }

  private static String nested(TypeDeclSnippet type) {
    return "static " + type.source() + "\n";
  }
}
