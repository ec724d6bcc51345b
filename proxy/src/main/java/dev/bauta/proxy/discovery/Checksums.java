package dev.bauta.proxy.discovery;

import dev.bauta.mask.Luhn;
import java.util.regex.Pattern;

/**
 * Numbers that check themselves. Each method takes a text without blanks, hyphens and dots. Sources: ISO/IEC 7812 (Luhn), ISO
 * 13616 (IBAN), ISO 7064 (German tax id), and the issuing authorities' published rules for the others.
 */
final class Checksums {
    private static final Pattern CARD = Pattern.compile("[2-6][0-9]{12,18}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final Pattern CODICE_FISCALE =
            Pattern.compile("[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]");
    private static final Pattern NIR = Pattern.compile("[12][0-9]{2}(0[1-9]|1[0-2])([0-9]{2}|2[AB])[0-9]{8}");
    private static final Pattern DNI = Pattern.compile("[0-9XYZ][0-9]{7}[A-Z]");
    private static final Pattern AHV = Pattern.compile("756[0-9]{10}");
    private static final Pattern STEUER_ID = Pattern.compile("[1-9][0-9]{10}");
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private Checksums() {}

    /** A payment card's number. */
    static boolean isCard(String text) {
        return CARD.matcher(text).matches() && Luhn.holds(text);
    }

    /** An international bank account number. */
    static boolean isIban(String text) {
        return IBAN.matcher(text).matches() && mod97(text.substring(4) + text.substring(0, 4)) == 1;
    }

    private static int mod97(String text) {
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    /** A national identification number of Italy, France, Spain or Switzerland. Of 11 digits and a check, see {@link #isTaxId}. */
    static boolean isNationalId(String text) {
        return isCodiceFiscale(text)
                || isNir(text)
                || isDni(text)
                || AHV.matcher(text).matches() && ean(text);
    }

    private static boolean isCodiceFiscale(String text) {
        if (!CODICE_FISCALE.matcher(text).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = text.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? ODD[value] : value;
        }
        return text.charAt(15) == 'A' + sum % 26;
    }

    /** France's number; Corsica's 2A and 2B count as 19 and 18. */
    private static boolean isNir(String text) {
        if (!NIR.matcher(text).matches()) {
            return false;
        }
        String digits = text.substring(0, 13).replace("2A", "19").replace("2B", "18");
        return 97 - Long.parseLong(digits) % 97 == Long.parseLong(text.substring(13));
    }

    private static boolean isDni(String text) {
        if (!DNI.matcher(text).matches()) {
            return false;
        }
        String digits = text.substring(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2');
        return text.charAt(8) == DNI_LETTERS.charAt(Integer.parseInt(digits) % 23);
    }

    private static boolean ean(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Germany's tax identification number. One random number in ten passes, so it needs a share of values or a name beside it. */
    static boolean isTaxId(String text) {
        if (!STEUER_ID.matcher(text).matches()) {
            return false;
        }
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (text.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == text.charAt(10) - '0';
    }
}
