import { ForgotPasswordForm } from "@/features/auth/forgot-password-form.tsx";
import { ResetPasswordForm } from "@/features/auth/reset-password-form.tsx";
import { ServerAddressForm } from "@/features/auth/server-address-form.tsx";
import { SignInForm } from "@/features/auth/sign-in-form.tsx";
import { SignUpForm } from "@/features/auth/sign-up-form.tsx";

function noop() {}

const screens = {
  "sign-in": (
    <SignInForm
      onSubmit={noop}
      forgotHref="#auth/forgot"
      signUpHref="#auth/sign-up"
      problem={{
        title: "Email and password do not match",
        detail:
          "Check both, or choose a new password. After 10 tries there is a pause of 15 minutes.",
      }}
    />
  ),
  "sign-up": (
    <SignUpForm
      onSubmit={noop}
      signInHref="#auth/sign-in"
      fieldErrors={{ email: "This address has an account already. Sign in instead." }}
    />
  ),
  forgot: <ForgotPasswordForm onSubmit={noop} signInHref="#auth/sign-in" />,
  sent: <ForgotPasswordForm onSubmit={noop} signInHref="#auth/sign-in" sentTo="ada@example.org" />,
  reset: <ResetPasswordForm onSubmit={noop} forgotHref="#auth/forgot" />,
  expired: <ResetPasswordForm onSubmit={noop} forgotHref="#auth/forgot" linkExpired />,
  server: <ServerAddressForm onSubmit={noop} />,
};

export function AuthPage({ screen }: { screen: string }) {
  return screens[screen as keyof typeof screens] ?? screens["sign-in"];
}
