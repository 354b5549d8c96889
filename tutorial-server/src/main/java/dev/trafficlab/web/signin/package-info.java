/**
 * How the instructor signs in: by HTTP Basic or by a form, remembered by a signed cookie that any replica takes, with wrong passwords
 * counted where they are found to be wrong.
 */
@NullMarked
package dev.trafficlab.web.signin;

import org.jspecify.annotations.NullMarked;
