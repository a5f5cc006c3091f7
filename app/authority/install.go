package authority

// Steps describes how one kind of device installs the authority.
type Steps struct{ Device, How string }

// InstallSteps lists the steps for the devices that schools have. The settings differ on each system.
var InstallSteps = []Steps{
	{"iPhone, iPad", "Open the file in Safari and allow the download. Then Settings, General, VPN & Device " +
		"Management: install the profile. " +
		"Then Settings, General, About, Certificate Trust Settings: switch it on."},
	{"Android", "Settings, Security & privacy, More security settings, Encryption & credentials, Install a " +
		"certificate, CA certificate: choose the file. " +
		"(On some devices the search in Settings finds it sooner: \"CA certificate\".)"},
	{"Chromebook, Chrome on Linux", "Chrome's Settings, Privacy and security, Security, Manage certificates: " +
		"import the file as an authority, and trust it for websites."},
	{"Windows", "Open the file, Install Certificate, Current User, Place all certificates in the following " +
		"store: Trusted Root Certification Authorities."},
	{"Mac", "Open the file: Keychain Access takes it. There open it, and under Trust choose Always Trust."},
	{"Firefox, on any computer", "Settings, Privacy & Security, View Certificates, Authorities, Import: choose " +
		"the file, and trust it for websites."},
}
