type LightAndDark = readonly [light: string, dark: string]

const accent: LightAndDark = ['#0b6b75', '#5fc9d4']
const accentStrong: LightAndDark = ['#084f57', '#93e0e8']

/** Cloudscape's tokens that Tocsin sets: one calm accent, so that only alarm states are loud. */
export const OVERRIDES: Readonly<Record<string, LightAndDark>> = {
  colorBackgroundButtonPrimaryDefault: accent,
  colorBackgroundButtonPrimaryHover: accentStrong,
  colorBackgroundButtonPrimaryActive: accentStrong,
  colorBorderButtonPrimaryDefault: accent,
  colorBorderButtonPrimaryHover: accentStrong,
  colorBorderButtonPrimaryActive: accentStrong,
  colorTextButtonNormalDefault: accent,
  colorBorderButtonNormalDefault: accent,
  colorTextButtonNormalHover: accentStrong,
  colorBorderButtonNormalHover: accentStrong,
  colorTextButtonNormalActive: accentStrong,
  colorBorderButtonNormalActive: accentStrong,
  colorTextLinkButtonNormalDefault: accent,
  colorTextLinkDefault: accent,
  colorTextLinkHover: accentStrong,
  colorTextAccent: accent,
  colorBackgroundControlChecked: accent,
  colorBorderItemFocused: accent,
  colorBorderInputFocused: accent,
  colorBorderItemSelected: accent,
  colorItemSelected: accent,
  colorBackgroundItemSelected: ['#eef8f9', '#12282b'],
  colorBackgroundSegmentActive: accent,
  colorBorderSegmentActive: accent,
  colorTextSideNavigationItemActive: accent,
  colorBackgroundLayoutToggleSelectedDefault: accent,
  colorBackgroundLayoutToggleSelectedHover: accentStrong,
  colorBackgroundLayoutToggleSelectedActive: accentStrong,
  colorBackgroundLayoutMain: ['#f7f8f8', '#12161a'],
  colorBackgroundContainerContent: ['#ffffff', '#181d22'],
  colorBackgroundContainerHeader: ['#ffffff', '#181d22'],
}

/** Short names under which the console's own style sheet and graphs use Cloudscape's colours. */
export const ALIASES: Readonly<Record<string, string>> = {
  'font': 'fontFamilyBase',
  'text': 'colorTextBodyDefault',
  'text-quiet': 'colorTextBodySecondary',
  'surface': 'colorBackgroundContainerContent',
  'page': 'colorBackgroundLayoutMain',
  'line': 'colorBorderDividerDefault',
  'control': 'colorBorderInputDefault',
  'focus': 'colorBorderItemFocused',
  'link': 'colorTextLinkDefault',
  'bad': 'colorTextStatusError',
  'warn': 'colorTextStatusWarning',
  'selected': 'colorBackgroundItemSelected',
  'good': 'colorTextStatusSuccess',
  'unknown': 'colorTextStatusInactive',
  'threshold': 'colorChartsThresholdNegative',
}
