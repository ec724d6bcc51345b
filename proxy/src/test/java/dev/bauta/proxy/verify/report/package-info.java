@NullMarked
package dev.bauta.proxy.verify.report;

import org.jspecify.annotations.NullMarked;
