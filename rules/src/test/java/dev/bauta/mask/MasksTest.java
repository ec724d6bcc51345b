package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
    private final KeyRing keys = KeyRing.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void namesAllMasks() {
        assertThat(Masks.names())
                .containsExactly(
                        "null",
                        "constant",
                        "redact",
                        "partial",
                        "email",
                        "hash",
                        "round",
                        "truncate",
                        "bucket",
                        "range",
                        "network",
                        "geo",
                        "shift",
                        "noise",
                        "randomize",
                        "phone",
                        "card",
                        "iban",
                        "zip3",
                        "regex",
                        "text",
                        "token",
                        "pseudonym",
                        "uuid",
                        "fake",
                        "each",
                        "json",
                        "sql");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "partail  | {}                              | -          | there is no mask 'partail'; did you mean 'partial'?",
                "null     | {first: 1}                      | first      | mask 'null' takes no parameters",
                "partial  | {frist: 1}                      | frist      | mask 'partial' has no parameter 'frist'; did you mean 'first'?",
                "partial  | {keeplength: true}              | keeplength | mask 'partial' has no parameter 'keeplength'; did you mean 'keepLength'?",
                "email    | {separator: x}                  | separator  | mask 'email' has no parameter 'separator'; known are first, keepDomain",
                "partial  | {first: -1}                     | first      | parameter 'first' of mask 'partial' must be a whole number from 0 to 1000",
                "partial  | {first: two}                    | first      | parameter 'first' of mask 'partial' must be a whole number from 0 to 1000",
                "partial  | {last: 1.5}                     | last       | parameter 'last' of mask 'partial' must be a whole number from 0 to 1000",
                "partial  | {hide: 0}                       | hide       | parameter 'hide' of mask 'partial' must be a whole number from 1 to 1000",
                "partial  | {width: 0}                      | width      | parameter 'width' of mask 'partial' must be a whole number from 1 to 1000",
                "partial  | {first: ~}                      | first      | parameter 'first' of mask 'partial' must be a whole number from 0 to 1000",
                "partial  | {character: ''}                 | character  | parameter 'character' of mask 'partial' must be one character",
                "partial  | {character: '**'}               | character  | parameter 'character' of mask 'partial' must be one character",
                "partial  | {character: \"\\0\"}            | character  | parameter 'character' of mask 'partial' must be a string",
                "partial  | {keepLength: 1}                 | keepLength | parameter 'keepLength' of mask 'partial' must be true or false",
                "partial  | {keepLength: true, width: 3}    | width      | parameter 'width' of mask 'partial' cannot stand beside keepLength",
                "constant | {}                              | value      | parameter 'value' of mask 'constant' must be given; for NULL take the mask 'null'",
                "hash     | {domain: Customers}             | domain     | parameter 'domain' of mask 'hash' must be a lower-case letter and up to 30 of a-z, 0-9 and _, and after that @ and a key version or not",
                "hash     | {domain: a.b}                   | domain     | parameter 'domain' of mask 'hash' must be a lower-case letter and up to 30 of a-z, 0-9 and _, and after that @ and a key version or not",
                "hash     | {length: 65}                    | length     | parameter 'length' of mask 'hash' must be a whole number from 1 to 64",
                "partial  | {first: 1, to: 3}               | to         | parameter 'to' of mask 'partial' cannot stand beside first",
                "partial  | {before: x, after: y}           | after      | parameter 'after' of mask 'partial' cannot stand beside before",
                "partial  | {from: 3}                       | from       | parameter 'from' of mask 'partial' needs to beside it",
                "partial  | {from: 3, to: 2}                | to         | parameter 'to' of mask 'partial' must be a whole number from 3 to 1000",
                "partial  | {before: ''}                    | before     | parameter 'before' of mask 'partial' must be one character",
                "partial  | {keepFormat: true, width: 3}    | width      | parameter 'width' of mask 'partial' cannot stand beside keepFormat",
                "phone    | {last: 5}                       | last       | parameter 'last' of mask 'phone' must be a whole number from 0 to 4",
                "card     | {first: 7}                      | first      | parameter 'first' of mask 'card' must be a whole number from 0 to 6",
                "zip3     | {first: 2}                      | first      | parameter 'first' of mask 'zip3' needs length beside it; ZIP codes keep three digits",
                "zip3     | {length: 4, first: 3}           | first      | parameter 'first' of mask 'zip3' must be a whole number from 0 to 2",
                "regex    | {}                              | pattern    | parameter 'pattern' of mask 'regex' must be given",
                "regex    | {pattern: a, otherwise: null}   | otherwise  | parameter 'otherwise' of mask 'regex' must be a string",
                "regex    | {pattern: a, otherwise: show}   | otherwise  | parameter 'otherwise' of mask 'regex' must be redact or keep",
                "text     | {find: email}                   | find       | parameter 'find' of mask 'text' must be a list of some of email, ip, iban, id, card, phone",
                "text     | {find: [email, name]}           | find       | parameter 'find' of mask 'text' must be a list of some of email, ip, iban, id, card, phone",
                "fake     | {}                              | kind       | parameter 'kind' of mask 'fake' must be one of first_name, last_name, full_name, street, city, company, user_name, email",
                "fake     | {kind: city, locale: xx}        | locale     | parameter 'locale' of mask 'fake' must be one of en, de, fr, it, es",
                "token    | {prefix: 'a b'}                 | prefix     | parameter 'prefix' of mask 'token' must be up to 16 of letters, digits and _ . : -",
                "token    | {length: 3}                     | length     | parameter 'length' of mask 'token' must be a whole number from 4 to 43",
                "uuid     | {domain: ''}                    | domain     | parameter 'domain' of mask 'uuid' must be a lower-case letter and up to 30 of a-z, 0-9 and _, and after that @ and a key version or not",
                "round    | {}                              | -          | mask 'round' needs step or digits, or unit, or both",
                "round    | {step: 0}                       | step       | parameter 'step' of mask 'round' must be from 1e-18 to 1e18",
                "round    | {step: -5}                      | step       | parameter 'step' of mask 'round' must be from 1e-18 to 1e18",
                "round    | {step: ten}                     | step       | parameter 'step' of mask 'round' must be a number",
                "truncate | {step: 1, digits: 1}            | digits     | parameter 'digits' of mask 'truncate' cannot stand beside step",
                "truncate | {digits: 19}                    | digits     | parameter 'digits' of mask 'truncate' must be a whole number from -18 to 18",
                "truncate | {unit: fortnight}               | unit       | parameter 'unit' of mask 'truncate' must be one of century, decade, year, quarter, month, week, day, hour, minute",
                "bucket   | {}                              | width      | parameter 'width' of mask 'bucket' must be given, from 1e-18 to 1e18",
                "bucket   | {width: 5, show: high}          | show       | parameter 'show' of mask 'bucket' must be low or middle",
                "range    | {bounds: []}                    | bounds     | parameter 'bounds' of mask 'range' must be a list of up to 100 numbers, such as [0, 18, 30, 50, 65]",
                "range    | {bounds: [5, 5]}                | bounds     | parameter 'bounds' of mask 'range' must be ascending numbers between -1e15 and 1e15",
                "network  | {v4: 32}                        | v4         | parameter 'v4' of mask 'network' must be a whole number from 0 to 31",
                "geo      | {step: 0}                       | step       | parameter 'step' of mask 'geo' must be given, in degrees or whatever the coordinates are in: from 1e-6 to 1e6",
                "shift    | {}                              | by         | parameter 'by' of mask 'shift' must name the column of the same row that says whose date it is",
                "shift    | {by: id, days: 0}               | days       | parameter 'days' of mask 'shift' must be a whole number from 1 to 36500",
                "noise    | {}                              | -          | mask 'noise' needs most, for numbers, or days, for dates and times, or both",
                "noise    | {most: 0}                       | most       | parameter 'most' of mask 'noise' must be from 1e-9 to 1e15",
                "noise    | {days: 1, per: row}             | per        | parameter 'per' of mask 'noise' must be value or query",
                "randomize | {epsilon: 1, by: id}            | -          | mask 'randomize' needs values, or for numbers min, max and step",
                "randomize | {values: [a, b], by: id}        | epsilon    | parameter 'epsilon' of mask 'randomize' must be given, from 0.01 to 10",
                "randomize | {values: [a, b], epsilon: 0}    | epsilon    | parameter 'epsilon' of mask 'randomize' must be given, from 0.01 to 10",
                "randomize | {values: [a, b], epsilon: 1}    | by         | parameter 'by' of mask 'randomize' must name the column of the same row that says whose value it is",
                "randomize | {values: [a], by: id}           | values     | parameter 'values' of mask 'randomize' must be a list of 2 to 64 strings, numbers, true or false, no two of them equal",
                "randomize | {values: [1, 1.0], by: id}      | values     | parameter 'values' of mask 'randomize' must be a list of 2 to 64 strings, numbers, true or false, no two of them equal",
                "randomize | {values: [a, null], by: id}     | values     | parameter 'values' of mask 'randomize' must be a list of 2 to 64 strings, numbers, true or false, no two of them equal",
                "randomize | {values: [a, b], min: 1}        | min        | parameter 'min' of mask 'randomize' cannot stand beside values",
                "randomize | {min: 5, max: 5, step: 1}       | max        | parameter 'max' of mask 'randomize' must be above min",
                "randomize | {min: 0, max: 5, step: 0}       | step       | parameter 'step' of mask 'randomize' must be above 0",
                "randomize | {min: 0, max: 64, step: 1}      | step       | parameter 'step' of mask 'randomize' must go into max - min evenly, at most 63 times",
                "randomize | {min: 0, max: 5, step: 2}       | step       | parameter 'step' of mask 'randomize' must go into max - min evenly, at most 63 times",
                "randomize | {min: 0, max: 1e19, step: 2}    | max        | parameter 'max' of mask 'randomize' must be from -1e18 to 1e18, with at most 18 decimals",
                "noise    | {days: 1, per: query, domain: a} | domain    | parameter 'domain' of mask 'noise' cannot stand beside 'per: query', which takes no key",
                "each     | {}                              | mask       | parameter 'mask' of mask 'each' must be given: a mask",
                "each     | {mask: 1}                       | mask       | 'mask' takes a mask: its name, or its name as 'type' with its parameters beside it",
                "each     | {mask: emial}                   | mask       | there is no mask 'emial'; did you mean 'email'?",
                "each     | {mask: {type: email, first: x}} | mask       | parameter 'first' of mask 'email' must be a whole number from 0 to 64",
                "json     | {paths: []}                     | paths      | parameter 'paths' of mask 'json' must be up to 200 paths with a mask each, such as {email: redact}",
                "json     | {paths: {a..b: redact}}         | paths      | path 'a..b' of mask 'json' is no path; write keys with dots between, and [*] for the elements of an array: contacts[*].phone",
                "json     | {paths: {'a[0]': redact}}       | paths      | path 'a[0]' of mask 'json' is no path; write keys with dots between, and [*] for the elements of an array: contacts[*].phone",
                "json     | {paths: {a.b: redact, a: redact}} | paths    | path 'a' of mask 'json' lies in, above or at the end of another path",
                "json     | {paths: {a: redact, a.b: redact}} | paths    | path 'a.b' of mask 'json' lies in, above or at the end of another path",
                "json     | {paths: {a: {type: each, mask: email}}} | paths | path 'a' of mask 'json' has a mask that fits no string, number or truth value",
            })
    void saysWhatIsWrongWithAMask(String name, String parameters, String parameter, String message) {
        MaskParameterException e =
                catchThrowableOfType(MaskParameterException.class, () -> MaskCases.mask(name, parameters, keys));
        assertThat(e).hasMessage(message);
        assertThat(e.parameter()).isEqualTo(parameter);
    }

    @Test
    void namesTheMasksThatThereAreWhereNoneIsAlike() {
        assertThat(catchThrowableOfType(MaskParameterException.class, () -> MaskCases.mask("xyz", "{}", keys)))
                .hasMessage("there is no mask 'xyz'; known are " + String.join(", ", Masks.names()));
    }

    @Test
    void buildsNoKeyedMaskWithoutAKey() {
        MaskParameterException e =
                catchThrowableOfType(MaskParameterException.class, () -> MaskCases.mask("hash", "{}", KeyRing.empty()));
        assertThat(e).hasMessage("a keyed mask needs a master key, and the rules give none");
        assertThat(e.parameter()).isNull();
    }
}
