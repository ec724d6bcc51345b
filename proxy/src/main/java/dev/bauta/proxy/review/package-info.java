/** What there is to say of rules beside a live schema, for people who keep rules. */
@NullMarked
package dev.bauta.proxy.review;

import org.jspecify.annotations.NullMarked;
