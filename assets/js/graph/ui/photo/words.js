/**
 * Messages for files that cannot be used as a photo: what happened and what to do. The graph is unchanged.
 *
 * @type {Record<import('./shrink.js').PhotoProblem, string>}
 */
export const PROBLEM_WORDS = {
  heic:
    'This browser cannot open this kind of photo (HEIC). On the iPhone or iPad it came from, open Settings, then Camera, then ' +
    'Formats, and choose Most Compatible. Then take the photo again. Or open the photo there and send yourself a screenshot of it.',
  svg: 'This is a drawing or a web page, not a photo. Please take a screenshot of it and add that.',
  pdf: 'This is a PDF document, not a photo. Please take a screenshot of the page and add that.',
  large:
    'This picture is too large to be opened here. Please make it smaller, 4000 by 3000 pixels is plenty, and add that.',
  unreadable:
    'This picture cannot be opened: the file is damaged, or not whole. Please open it on your device, save it again, and add that.',
  unknown: 'This is not a photo that can be opened here. Photos of the kinds JPEG, PNG and WebP can.',
  empty: 'This file is empty. Perhaps it has not arrived on your device yet. Please wait a moment and add it again.',
};

/** Other messages about photos. */
export const WORDS = {
  place: 'Move the photo, drag its corners, rotate it with the round handle. Then press Done.',
  placeByTouch: 'Move the photo with one finger, resize and rotate it with two. Then press Done.',
  placed:
    'Photo added in the middle of the graph. Arrow keys move it, plus and minus change its size, square brackets turn it, Enter when it is in place.',
  done: 'The photo is locked in place. Its row in the list can unlock it.',
  askDescription: 'What is on this photo?',
  opening: 'Opening the photo…',
  moved: 'This was an animation. Its first frame was added.',
  notKept:
    'The photo could not be kept on this device, so it was not added. Perhaps there is no room left. Nothing else has changed.',
  notLoaded:
    'Photos cannot be added at the moment: a part of the page is missing. Check the network and try again. Your work is safe.',
  nothingToPaste: 'There is no picture to paste. Copy a picture first, then paste it here.',
  mayNotPaste:
    'This browser does not let the page look at what you copied. Press Ctrl+V (on a Mac: Command+V) to paste the picture.',
  noPicture: 'This picture cannot be shown here. It is kept as it came.',
  elsewhere: (/** @type {string} */ host) => `This picture is on ${host}. It is not loaded, to protect your privacy.`,
};
