/**
 * Documentation of classes and their members, taken from their sources: the library's travel in its
 * jar, the JDK's in its {@code src.zip}. Start at {@link unroll.kernel.doc.Documentation}.
 */
package unroll.kernel.doc;
