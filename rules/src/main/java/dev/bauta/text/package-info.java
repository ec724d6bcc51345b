/** How text from outside is shown, or told apart unseen: names and messages of others in logs, reports and errors. Depends on nothing else. */
@NullMarked
package dev.bauta.text;

import org.jspecify.annotations.NullMarked;
