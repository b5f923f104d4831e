package unroll.kernel.magic;

/**
 * A variable of a session.
 *
 * @param name its name
 * @param type its declared type, as it is written in Java
 * @param value its value; may be null
 */
public record Variable(String name, String type, Object value) {}
