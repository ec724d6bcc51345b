package dev.bauta.mask;

/** Which multiple of a step, or which start of a unit, takes the place of a value. */
enum Rounding {
    /** The nearest one; from half way, the one away from zero or the later one. */
    NEAREST,
    /** The one towards zero, or the earlier one. */
    DOWN
}
