/** The tools that Java programs reach databases with, through Bauta's driver. */
@org.jspecify.annotations.NullMarked
package dev.bauta.tools;
