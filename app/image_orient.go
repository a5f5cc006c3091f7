package app

import "image"

// rotateImage returns a picture rotated upright. orientation is that of Exif, from 2 to 8. It returns nil for a
// picture that is neither grey nor YCbCr, the two colour models of JPEG photos.
func rotateImage(picture image.Image, orientation int) image.Image {
	switch picture := picture.(type) {
	case *image.Gray:
		turned := image.NewGray(rotatedBounds(picture.Rect, orientation))
		rotatePlane(plane{turned.Pix, turned.Stride}, plane{picture.Pix, picture.Stride}, picture.Rect.Dx(),
			picture.Rect.Dy(), orientation)
		return turned
	case *image.YCbCr:
		ratio := picture.SubsampleRatio
		if swapsSides(orientation) {
			ratio = map[image.YCbCrSubsampleRatio]image.YCbCrSubsampleRatio{
				image.YCbCrSubsampleRatio444: image.YCbCrSubsampleRatio444,
				image.YCbCrSubsampleRatio420: image.YCbCrSubsampleRatio420,
				image.YCbCrSubsampleRatio422: image.YCbCrSubsampleRatio440,
				image.YCbCrSubsampleRatio440: image.YCbCrSubsampleRatio422,
			}[ratio]
			if ratio == 0 && picture.SubsampleRatio != image.YCbCrSubsampleRatio444 {
				return nil // 4:1:1 and 4:1:0 have no upright counterpart
			}
		}
		turned := image.NewYCbCr(rotatedBounds(picture.Rect, orientation), ratio)
		rotatePlane(plane{turned.Y, turned.YStride}, plane{picture.Y, picture.YStride}, picture.Rect.Dx(),
			picture.Rect.Dy(), orientation)
		width, height := chromaSize(picture)
		rotatePlane(plane{turned.Cb, turned.CStride}, plane{picture.Cb, picture.CStride}, width, height, orientation)
		rotatePlane(plane{turned.Cr, turned.CStride}, plane{picture.Cr, picture.CStride}, width, height, orientation)
		return turned
	}
	return nil
}

// swapsSides reports whether an orientation exchanges width and height.
func swapsSides(orientation int) bool { return orientation >= 5 }

func rotatedBounds(r image.Rectangle, orientation int) image.Rectangle {
	if swapsSides(orientation) {
		return image.Rect(0, 0, r.Dy(), r.Dx())
	}
	return image.Rect(0, 0, r.Dx(), r.Dy())
}

// chromaSize returns the size of the chroma planes.
func chromaSize(picture *image.YCbCr) (width, height int) {
	width, height = picture.Rect.Dx(), picture.Rect.Dy()
	switch picture.SubsampleRatio {
	case image.YCbCrSubsampleRatio420:
		return (width + 1) / 2, (height + 1) / 2
	case image.YCbCrSubsampleRatio422:
		return (width + 1) / 2, height
	case image.YCbCrSubsampleRatio440:
		return width, (height + 1) / 2
	case image.YCbCrSubsampleRatio411:
		return (width + 3) / 4, height
	case image.YCbCrSubsampleRatio410:
		return (width + 3) / 4, (height + 1) / 2
	}
	return width, height
}

// plane holds one byte per pixel.
type plane struct {
	pix    []byte
	stride int
}

// rotatePlane copies a plane of the given size upright. Orientations are numbered as in Exif: 2 is mirrored, 3 upside
// down, 4 both, and 5 to 8 are the same with rows and columns exchanged.
func rotatePlane(to, from plane, width, height, orientation int) {
	for y := range height {
		row := from.pix[y*from.stride : y*from.stride+width]
		for x, value := range row {
			u, v := x, y
			switch orientation {
			case 2:
				u = width - 1 - x
			case 3:
				u, v = width-1-x, height-1-y
			case 4:
				v = height - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = height-1-y, x
			case 7:
				u, v = height-1-y, width-1-x
			case 8:
				u, v = y, width-1-x
			}
			to.pix[v*to.stride+u] = value
		}
	}
}
