/**
 * The reference backend in double precision: EJML's dense matrices, and plain loops for what is no
 * matrix. Nothing here is fast; everything is meant to be read.
 */
package unroll.backend.ejml;
