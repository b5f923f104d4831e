/**
 * How a value becomes something a front end shows: a {@link unroll.kernel.display.MimeBundle}, made
 * by the {@link unroll.kernel.display.Renderer} of the value's type. Start at {@link
 * unroll.kernel.display.Renderers}.
 */
package unroll.kernel.display;
