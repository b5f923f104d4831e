/**
 * The kernel where Jupyter looks for it: writes and removes the kernelspec, without Python. Start
 * at {@link unroll.kernel.install.Installation}.
 */
package unroll.kernel.install;
