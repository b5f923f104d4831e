package unroll.kernel.eval;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a call to {@link SafePoint} before every jump backwards in a class, and at the start of
 * every lambda, which a library may call in a loop of its own. The stack and the variables are as
 * before at each place, so the frames of the class stay as the compiler made them.
 */
final class SafePoints {
  private static final String SAFE_POINT = SafePoint.class.getName().replace('.', '/');

  private SafePoints() {}

  /** The class with its safe points; unchanged if it is of a Java too new to be read. */
  static byte[] in(byte[] bytecodes) {
    try {
      var reader = new ClassReader(bytecodes);
      var watchful = watchful(reader);
      var writer = new ClassWriter(reader, 0);
      reader.accept(
          new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String type, String signature, String[] exceptions) {
              var method = super.visitMethod(access, name, type, signature, exceptions);
              boolean lambda = name.startsWith("lambda$") && (access & Opcodes.ACC_SYNTHETIC) != 0;
              return new Loops(method, lambda, watchful.contains(name + type));
            }
          },
          0);
      return writer.toByteArray();
    } catch (IllegalArgumentException unknownVersion) {
      return bytecodes;
    }
  }

  /** The methods that ask whether their thread was interrupted. */
  private static Set<String> watchful(ClassReader reader) {
    var found = new HashSet<String>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String method, String type, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String name, String ofType, boolean isInterface) {
                if (name.equals("interrupted") || name.equals("isInterrupted")) {
                  found.add(method + type);
                }
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private static final class Loops extends MethodVisitor {
    private final boolean lambda;
    private final String call;
    private final Set<Label> seen = new HashSet<>();

    Loops(MethodVisitor to, boolean lambda, boolean watchful) {
      super(Opcodes.ASM9, to);
      this.lambda = lambda;
      call = watchful ? "passWatchful" : "pass";
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (lambda) {
        safePoint();
      }
    }

    @Override
    public void visitLabel(Label label) {
      seen.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (seen.contains(target)) {
        safePoint();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void safePoint() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, SAFE_POINT, call, "()V", false);
    }
  }
}
