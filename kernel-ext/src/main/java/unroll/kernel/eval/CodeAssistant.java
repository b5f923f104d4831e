package unroll.kernel.eval;

import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import unroll.kernel.assist.Candidate;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.magic.MagicCall;
import unroll.kernel.magic.MagicContext;
import unroll.kernel.magic.Magics;

/** Completion, inspection and completeness, for Java and magics alike. */
final class CodeAssistant {
  private final SourceCodeAnalysis analysis;
  private final CellParser parser;
  private final Magics magics;
  private final MagicContext session;
  private final JavaAssistant java;

  CodeAssistant(JShell shell, CellParser parser, Magics magics, CellSession session) {
    this.analysis = shell.sourceCodeAnalysis();
    this.java = new JavaAssistant(shell, parser, session);
    this.parser = parser;
    this.magics = magics;
    this.session = session;
  }

  Completions complete(String cell, int cursor) {
    var part = partAt(cell, cursor);
    if (isOnMagicLine(part, cell, cursor)) {
      var line = cell.substring(part.offset(), cursor);
      var word = Magics.word(line);
      var type = word.length() == line.length() ? "magic" : "instance";
      return new Completions(
          magics.complete(line, session).stream().map(t -> new Candidate(t, type)).toList(),
          cursor - word.length(),
          cursor);
    }
    return java.complete(cell.substring(0, cursor), part == null ? cursor : part.offset());
  }

  Optional<MimeBundle> inspect(String cell, int cursor, boolean details) {
    int end = endOfWord(cell, cursor);
    var part = partAt(cell, end);
    if (isOnMagicLine(part, cell, end) && part instanceof CellPart.Magic magic) {
      return magics.help(MagicCall.parse(magic.line(), Optional.empty()).name());
    }
    return part == null ? Optional.empty() : java.inspect(cell.substring(0, end), details);
  }

  /** Below the line of a cell form is its body, which is Java. */
  private static boolean isOnMagicLine(CellPart part, String cell, int cursor) {
    return part instanceof CellPart.Magic
        && cell.substring(part.offset(), cursor).indexOf('\n') < 0;
  }

  Completeness completeness(String cell) {
    var parts = parser.parse(cell);
    if (parts.isEmpty()) {
      return Completeness.COMPLETE;
    }
    if (parts.get(parts.size() - 1) instanceof CellPart.Java last && !last.whole()) {
      return switch (analysis.analyzeCompletion(last.source()).completeness()) {
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> Completeness.INCOMPLETE;
        default -> Completeness.INVALID;
      };
    }
    boolean whole = parts.stream().allMatch(p -> !(p instanceof CellPart.Java j) || j.whole());
    return whole ? Completeness.COMPLETE : Completeness.INVALID;
  }

  /** The part in which the cursor is, or which ends at it; null where there is none. */
  private CellPart partAt(String cell, int cursor) {
    // only what stands before the cursor counts: what follows may not be written yet
    var parts = parser.parse(cell.substring(0, cursor));
    var last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last == null) {
      var line = cell.substring(cell.lastIndexOf('\n', cursor - 1) + 1, cursor);
      return line.isBlank() ? null : bareSign(cell, cursor);
    }
    if (last instanceof CellPart.Magic magic && magic.body() == null) {
      boolean sameLine = cell.substring(last.offset(), cursor).indexOf('\n') < 0;
      return sameLine ? last : null;
    }
    return last instanceof CellPart.Java java && java.source().strip().matches("%%?")
        ? bareSign(cell, cursor)
        : last;
  }

  /** A lone percent sign at the start of a line: a magic whose name is still to come. */
  private static CellPart bareSign(String cell, int cursor) {
    int start = cell.lastIndexOf('\n', cursor - 1) + 1;
    var line = cell.substring(start, cursor);
    int offset = start + line.length() - line.stripLeading().length();
    return line.strip().startsWith("%")
        ? new CellPart.Magic(offset, line.strip(), null)
        : new CellPart.Java(offset, line.strip(), true, false);
  }

  private static int endOfWord(String cell, int cursor) {
    int end = cursor;
    while (end < cell.length() && Character.isJavaIdentifierPart(cell.charAt(end))) {
      end++;
    }
    return end;
  }
}
