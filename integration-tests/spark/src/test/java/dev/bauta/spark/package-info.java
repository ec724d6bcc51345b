/** The driver in one jar as a data source of Apache Spark. */
@org.jspecify.annotations.NullMarked
package dev.bauta.spark;
