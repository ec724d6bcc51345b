/** Faults and load that take minutes: run by the Maven profile {@code faults} alone. */
@org.jspecify.annotations.NullMarked
package dev.bauta.faults;
