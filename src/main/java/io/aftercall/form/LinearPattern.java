package io.aftercall.form;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Patterns in time linear to the text: those of one tenant cannot keep the others waiting, as a backtracking search
 * could.
 */
final class LinearPattern implements RegularExpressionFactory {

    @Override
    public RegularExpression getRegularExpression(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).find();
    }
}
